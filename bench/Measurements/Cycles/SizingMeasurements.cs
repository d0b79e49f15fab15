using System.Diagnostics;
using Parallax.Strategies.Sizing;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Measurements.Cycles;

/// <summary>D4: what it costs to size a cycle of three legs with 25 levels each.</summary>
public static class SizingMeasurements
{
    private const int Rounds = 9;
    private const int Books = 64;
    private const int Passes = 20;

    /// <summary>Runs both, in about three seconds.</summary>
    public static IReadOnlyList<Measurement> Run()
    {
        var books = Enumerable.Range(0, Books).Select(i => new SizingBooks((ulong)i, 1)).ToArray();
        return [Continuous(books), OnLots(books)];
    }

    private static Measurement Continuous(SizingBooks[] books)
    {
        var isSame = true;
        var sizer = new ContinuousSizer();
        foreach (var book in books)
        {
            var found = Load(sizer, book).Size((double)SizingBooks.InputMax);
            var exact = ExactSizing.Size(Exact(book), SizingBooks.InputMax, Rational.One);
            isSame &= found.Profit > 0 && Math.Abs(found.Profit - (double)exact.Profit.ToDecimal()) < 1e-10 * found.Input;
        }

        var (ours, fractions) = (new double[Rounds], new double[Rounds]);
        var allocated = 0L;
        Timed(books, 100 * Passes, book => Load(sizer, book).Size((double)SizingBooks.InputMax).Profit);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            ours[round] = Timed(books, 10 * Passes, book => Load(sizer, book).Size((double)SizingBooks.InputMax).Profit);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            fractions[round] = Timed(books.AsSpan(0, 8), 1, book => ExactSizing.Size(Exact(book), SizingBooks.InputMax, Rational.One).Steps.Count);
        }

        return Row("continuous optimum in binary64, books loaded (ratio: microseconds)", ours, "in fractions", fractions, 1, isSame, allocated);
    }

    private static Measurement OnLots(SizingBooks[] books)
    {
        var sizer = new PathSizer();
        var isSame = true;
        foreach (var book in books)
        {
            isSame &= Load(sizer, book).Best(SizingBooks.InputMax) is { Outcome: SizingOutcome.Sized, ProfitMissedMax: 0 };
        }

        var coarse = Enumerable.Range(0, 8).Select(i => new SizingBooks((ulong)i, 100)).ToArray();
        foreach (var book in coarse)
        {
            isSame &= Load(sizer, book).Best(SizingBooks.InputMax).Profit == EveryLot.Best(book.Legs, SizingBooks.InputMax);
        }

        var (ours, everyLot) = (new double[Rounds], new double[Rounds]);
        var allocated = 0L;
        Timed(books, 10 * Passes, book => (double)Load(sizer, book).Best(SizingBooks.InputMax).Profit);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            ours[round] = Timed(books, Passes, book => (double)Load(sizer, book).Best(SizingBooks.InputMax).Profit);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            everyLot[round] = Timed(coarse.AsSpan(0, 2), 1, book => (double)EveryLot.Best(book.Legs, SizingBooks.InputMax));
        }

        return Row("lot-feasible optimum, exact, proven (ratio: microseconds)", ours, "every lot, a hundred times coarser", everyLot, 20, isSame, allocated);
    }

    private static ContinuousSizer Load(ContinuousSizer sizer, SizingBooks book)
    {
        sizer.Clear();
        foreach (var (terms, levels) in book.Legs)
        {
            sizer.Add(terms, levels);
        }

        return sizer;
    }

    private static PathSizer Load(PathSizer sizer, SizingBooks book)
    {
        sizer.Clear();
        foreach (var (terms, levels) in book.Legs)
        {
            sizer.Add(terms, levels);
        }

        return sizer;
    }

    private static List<ExactLeg> Exact(SizingBooks book) => [.. book.Legs.Select(leg => new ExactLeg(leg.Terms.Side, leg.Terms.Fee, [.. leg.Levels.Select(level =>
        new ExactLevel((Rational)leg.Terms.TickSize * level.PriceTicks, (Rational)leg.Terms.LotSize * level.QuantityLots))]))];

    private static double Timed(ReadOnlySpan<SizingBooks> books, int passes, Func<SizingBooks, double> step)
    {
        var digest = 0.0;
        var start = Stopwatch.GetTimestamp();
        for (var pass = 0; pass < passes; pass++)
        {
            foreach (var book in books)
            {
                digest += step(book);
            }
        }

        var nanos = Stopwatch.GetElapsedTime(start).TotalNanoseconds / (books.Length * passes);
        return double.IsNaN(digest) ? nanos + 1 : nanos;
    }

    private static Measurement Row(string name, double[] ours, string yardstick, double[] theirs, double target, bool isSame, long allocated)
    {
        var median = ours.Order().ElementAt(ours.Length / 2);
        var theirMedian = theirs.Order().ElementAt(theirs.Length / 2);
        var spread = (theirs.Max() - theirs.Min()) / theirMedian;
        return new("D4", name, median, yardstick, theirMedian, median / 1_000, target, IsUpperBound: true, isSame, allocated, spread);
    }
}
