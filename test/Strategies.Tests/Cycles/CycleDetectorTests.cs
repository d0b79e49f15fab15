using Parallax.Domain;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Cycles.Screening;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Tests.Cycles;

public sealed class CycleDetectorTests
{
    [Theory]
    [InlineData(1, 4, 0, 0, 3, false)]
    [InlineData(2, 3, 12, 0, 3, false)]
    [InlineData(3, 4, 30, 6, 3, false)]
    [InlineData(4, 5, 40, 10, 3, true)]
    [InlineData(5, 4, 14, 4, 4, false)]
    [InlineData(6, 3, 30, 5, 4, false)]
    [InlineData(7, 4, 24, 6, 4, true)]
    [InlineData(8, 6, 0, 4, 5, false)]
    [InlineData(9, 3, 10, 4, 5, true)]
    public void Screening_finds_exactly_what_scoring_every_cycle_finds(ulong seed, int hubs, int coins, int extra, int legsMax, bool isFromTwoAssets)
    {
        var market = new RandomMarket(seed, hubs, coins, extra);
        var options = new CycleOptions { LegsMax = legsMax, StartAssets = isFromTwoAssets ? [RandomMarket.Name(1), RandomMarket.Name(hubs)] : [] };
        var index = CycleIndex.Of(market.Instruments, options);
        var detector = new CycleDetector(index, market.Instruments, market.Fees);
        var ticks = new long[index.EdgeCount];
        var open = new HashSet<int>();
        var opened = 0;
        for (var step = 0; step < 2_500; step++)
        {
            var (instrument, bid, ask) = market.Next();
            var changed = new[] { (Edge: instrument << 1, Ticks: ask ?? 0), (Edge: (instrument << 1) | 1, Ticks: bid ?? 0) }
                .Where(change => ticks[change.Edge] != change.Ticks).ToList();
            changed.ForEach(change => ticks[change.Edge] = change.Ticks);

            var said = detector.OnBest(instrument, bid is not null, bid ?? 0, ask is not null, ask ?? 0);

            var touched = changed.SelectMany(change => index.Through(change.Edge).ToArray()).Order().ToList();
            var paying = touched.Where(cycle => Pays(index, market, ticks, cycle)).ToList();
            var closed = touched.Where(cycle => open.Contains(cycle) && !paying.Contains(cycle)).ToList();
            opened += paying.Count(cycle => !open.Contains(cycle));
            open.ExceptWith(closed);
            open.UnionWith(paying);
            Assert.Equal(paying, detector.Paying.ToArray());
            Assert.Equal(closed, detector.Closed.ToArray());
            Assert.Equal(paying.Count + closed.Count > 0, said);
            Assert.Equal(open.Order(), detector.Open.ToArray().Order());
        }

        // A market in which nothing ever pays would prove nothing.
        Assert.True(opened > 30, $"Only {opened} opened.");
    }

    [Fact]
    public void Steady_state_allocates_nothing()
    {
        var market = new RandomMarket(11, 4, 40, 5);
        var index = CycleIndex.Of(market.Instruments, new CycleOptions { LegsMax = 4 });
        var detector = new CycleDetector(index, market.Instruments, market.Fees);
        var quotes = Enumerable.Range(0, 20_000).Select(_ => market.Next()).ToArray();
        Replay();
        Replay();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var paying = Replay();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(paying > 0);

        int Replay()
        {
            var count = 0;
            foreach (var (instrument, bid, ask) in quotes)
            {
                detector.OnBest(instrument, bid.HasValue, bid.GetValueOrDefault(), ask.HasValue, ask.GetValueOrDefault());
                count += detector.Paying.Length;
                foreach (var cycle in detector.Paying)
                {
                    detector.TryEdgeBps(cycle, isNet: true, out _);
                }
            }

            return count;
        }
    }

    [Fact]
    public void Edge_in_bps_is_the_exact_edge_rounded_down_at_the_eighth_decimal()
    {
        var market = new RandomMarket(21, 4, 6, 0);
        var index = CycleIndex.Of(market.Instruments, new CycleOptions { LegsMax = 5 });
        var detector = new CycleDetector(index, market.Instruments, market.Fees);
        for (var step = 0; step < 3_000; step++)
        {
            var (instrument, bid, ask) = market.Next();
            detector.OnBest(instrument, bid is not null, bid ?? 0, ask is not null, ask ?? 0);
            var cycle = step % index.Count;
            if (detector.TryRate(cycle, isNet: true, out var rate) && detector.TryEdgeBps(cycle, isNet: true, out var bps))
            {
                Assert.Equal(Rational.Floor((rate - Rational.One) * 10_000, 8), bps);
            }
        }
    }

    [Fact]
    public void A_rate_of_exactly_one_is_no_opportunity_and_a_withdrawn_market_closes_what_was_open()
    {
        var market = Triangle();
        var index = CycleIndex.Of(market, new CycleOptions());
        var detector = new CycleDetector(index, market, [.. market.Select(_ => new FeeTerms(0m, FeeMode.Receive))]);
        detector.OnBest(0, true, 1_900, true, 2_000);
        detector.OnBest(1, true, 400, true, 500);
        detector.OnBest(2, true, 10_000, true, 20_000);
        Assert.Equal(0, detector.Open.Length);

        Assert.True(detector.OnBest(2, true, 10_001, true, 20_000));
        Assert.Equal(1, detector.Paying.Length);
        Assert.True(detector.HasOpenThrough(0));
        Assert.True(detector.TryEdgeBps(detector.Paying[0], isNet: true, out var bps));
        Assert.Equal(1m, bps);

        Assert.True(detector.Withdraw(1));
        Assert.Equal(1, detector.Closed.Length);
        Assert.False(detector.HasOpenThrough(0));
        Assert.False(detector.TryEdgeBps(detector.Closed[0], isNet: true, out _));
    }

    private static Instrument[] Triangle() => [.. new[] { ("BTC", "USD"), ("ETH", "BTC"), ("ETH", "USD") }.Select(pair => new Instrument
    {
        Id = new InstrumentId(new VenueId("test"), new Asset(pair.Item1), new Asset(pair.Item2), InstrumentKind.Spot),
        Symbol = pair.ToString(),
        TickSize = 0.01m,
        LotSize = 1m,
    })];

    private static bool Pays(CycleIndex index, RandomMarket market, long[] ticks, int cycle)
    {
        var rate = Rational.One;
        foreach (var edge in index.EdgesOf(cycle))
        {
            if (ticks[edge] == 0)
            {
                return false;
            }

            var leg = CycleLeg.OfEdge(edge);
            var fee = market.Fees[leg.Instrument];
            var price = (Rational)market.Instruments[leg.Instrument].TickSize * ticks[edge];
            rate *= leg.Side == Side.Buy ? Rational.One / price : price;
            rate = fee.AssetOn(leg.Side) == (leg.Side == Side.Buy ? FeeAsset.Quote : FeeAsset.Base) ? rate / (1m + fee.Rate) : rate * (1m - fee.Rate);
        }

        return rate > Rational.One;
    }
}
