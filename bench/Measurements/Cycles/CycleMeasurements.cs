using System.Diagnostics;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Cycles.Screening;

namespace Parallax.Measurements.Cycles;

/// <summary>D1 to D3: what a decision costs after a change of a best price, and how the cost grows with the market and the legs.</summary>
public static class CycleMeasurements
{
    private const int Rounds = 9;
    private const ulong Seed = 20_250_801;
    private const int OursChanges = 400_000;
    private const int RescanChanges = 20_000;
    private const int BellmanFordChanges = 5_000;
    private const int CheckedChanges = 20_000;

    /// <summary>Runs all, in about ten seconds.</summary>
    public static IReadOnlyList<Measurement> Run()
    {
        var market = new TopOfBookStream(Seed, 1_000, OursChanges);
        var three = Index(market, 3);
        var four = Index(market, 4);
        return [.. Decision(market, three), Growth(), FourLegs(market, three, four)];
    }

    private static CycleIndex Index(TopOfBookStream market, int legs) => CycleIndex.Of(market.Instruments, new CycleOptions { LegsMax = legs });

    private static Measurement[] Decision(TopOfBookStream market, CycleIndex index)
    {
        var ours = new Detection(market, index);
        ours.WarmUp();
        var rescan = new RescanYardstick(index, new EdgeWeights(market.Instruments, market.Fees), 3);
        var bellmanFord = new BellmanFordYardstick(market.Instruments, new EdgeWeights(market.Instruments, market.Fees));
        var isSame = SameAsRescan(market, index, 3, CheckedChanges);
        var isConsistent = ConsistentWithBellmanFord(market, index);
        ours.WarmUp();
        var (times, rescans, searches) = (new double[Rounds], new double[Rounds], new double[Rounds]);
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            times[round] = ours.Timed(ref allocated);
            rescans[round] = Timed(RescanChanges, () => market.Changes.AsSpan(0, RescanChanges), change => rescan.OnChange(change));
            searches[round] = Timed(BellmanFordChanges, () => market.Changes.AsSpan(OursChanges - BellmanFordChanges), change => bellmanFord.OnChange(change) ? 1UL : 0);
        }

        return
        [
            Row("D1", $"decision per top-of-book change, 1 000 pairs, {index.Count} cycles of 3 legs", times, "rescan", rescans, 25, isSame, allocated),
            Row("D1", "the same", times, "bellman-ford", searches, 100, isConsistent, allocated),
        ];
    }

    private static Measurement Growth()
    {
        var small = new TopOfBookStream(Seed, 300, OursChanges);
        var large = new TopOfBookStream(Seed, 2_000, OursChanges);
        var (smallIndex, largeIndex) = (Index(small, 3), Index(large, 3));
        var (few, many) = (new Detection(small, smallIndex), new Detection(large, largeIndex));
        var isSame = SameAsRescan(small, smallIndex, 3, CheckedChanges) && SameAsRescan(large, largeIndex, 3, CheckedChanges);
        few.WarmUp();
        many.WarmUp();
        var (fewTimes, manyTimes) = (new double[Rounds], new double[Rounds]);
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            fewTimes[round] = few.Timed(ref allocated);
            manyTimes[round] = many.Timed(ref allocated);
        }

        var growth = Median(manyTimes) / Median(fewTimes);
        return new("D2", "the same at 2 000 pairs (ratio: times that at 300)", Median(manyTimes), "300 pairs", Median(fewTimes), growth, 2.2, IsUpperBound: true, isSame, allocated, Spread(fewTimes));
    }

    private static Measurement FourLegs(TopOfBookStream market, CycleIndex three, CycleIndex four)
    {
        var (shorter, longer) = (new Detection(market, three), new Detection(market, four));
        var isSame = SameAsRescan(market, four, 4, 4_000);
        shorter.WarmUp();
        longer.WarmUp();
        var (threeTimes, fourTimes) = (new double[Rounds], new double[Rounds]);
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            threeTimes[round] = shorter.Timed(ref allocated);
            fourTimes[round] = longer.Timed(ref allocated);
        }

        var growth = Median(fourTimes) / Median(threeTimes);
        return new("D3", $"cycles of 3 and 4 legs, 1 000 pairs, {four.Count} cycles (ratio: times that of 3 legs)", Median(fourTimes), "3 legs", Median(threeTimes), growth, 10, IsUpperBound: true, isSame, allocated, Spread(threeTimes));
    }

    /// <summary>Whether after every change the open cycles are those that scoring everything finds.</summary>
    private static bool SameAsRescan(TopOfBookStream market, CycleIndex index, int length, int changes)
    {
        var detector = new CycleDetector(index, market.Instruments, market.Fees);
        var rescan = new RescanYardstick(index, new EdgeWeights(market.Instruments, market.Fees), length);
        var opened = 0;
        foreach (ref readonly var change in market.Changes.AsSpan(0, changes))
        {
            detector.OnBest(change.Instrument, true, change.BidTicks, true, change.AskTicks);
            var digest = 0UL;
            foreach (var cycle in detector.Open)
            {
                if (index.LengthOf(cycle) == length)
                {
                    digest += CycleDigest.Of(index.EdgesOf(cycle));
                    opened++;
                }
            }

            if (rescan.OnChange(change) != digest)
            {
                return false;
            }
        }

        // A market in which nothing pays would prove nothing.
        return opened > 0;
    }

    /// <summary>Bellman-Ford sees cycles of any length but not which: it must find one whenever ours has one open.</summary>
    private static bool ConsistentWithBellmanFord(TopOfBookStream market, CycleIndex index)
    {
        var detector = new CycleDetector(index, market.Instruments, market.Fees);
        var search = new BellmanFordYardstick(market.Instruments, new EdgeWeights(market.Instruments, market.Fees));
        foreach (ref readonly var change in market.Changes.AsSpan(0, BellmanFordChanges))
        {
            detector.OnBest(change.Instrument, true, change.BidTicks, true, change.AskTicks);
            if (!search.OnChange(change) && detector.Open.Length > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static double Timed(int count, Func<Span<TopOfBookChange>> changes, Func<TopOfBookChange, ulong> step)
    {
        var digest = 0UL;
        var start = Stopwatch.GetTimestamp();
        foreach (ref readonly var change in changes())
        {
            digest += step(change);
        }

        var nanos = Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
        return digest == ulong.MaxValue ? nanos + 1 : nanos;
    }

    private static Measurement Row(string id, string name, double[] ours, string yardstick, double[] theirs, double target, bool isSame, long allocated) =>
        new(id, name, Median(ours), yardstick, Median(theirs), Median(theirs) / Median(ours), target, IsUpperBound: false, isSame, allocated, Spread(theirs));

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Spread(double[] values) => (values.Max() - values.Min()) / Median(values);

    /// <summary>The product's detector on a stream.</summary>
    private sealed class Detection(TopOfBookStream market, CycleIndex index)
    {
        private readonly CycleDetector _detector = new(index, market.Instruments, market.Fees);

        /// <summary>Enough passes for the runtime to have compiled the path for good.</summary>
        public void WarmUp()
        {
            for (var pass = 0; pass < 5; pass++)
            {
                Pass();
            }
        }

        public ulong Pass()
        {
            var digest = 0UL;
            foreach (ref readonly var change in market.Changes.AsSpan())
            {
                if (_detector.OnBest(change.Instrument, true, change.BidTicks, true, change.AskTicks))
                {
                    digest += (ulong)_detector.Paying.Length;
                }
            }

            return digest;
        }

        public double Timed(ref long allocated)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var digest = Pass();
            var nanos = Stopwatch.GetElapsedTime(start).TotalNanoseconds / market.Changes.Length;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            return digest == ulong.MaxValue ? nanos + 1 : nanos;
        }
    }
}
