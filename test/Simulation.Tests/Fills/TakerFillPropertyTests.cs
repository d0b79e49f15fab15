using FsCheck;
using FsCheck.Fluent;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.Tests.Fills;

/// <summary>Random books and orders, next to a venue that is nothing but a dictionary.</summary>
public sealed class TakerFillPropertyTests
{
    private const long Refill = 50;

    [Fact]
    public void Fills_are_those_of_the_obvious_venue()
    {
        Prop.ForAll<ulong>(seed => Run(seed)).QuickCheckThrowOnFailure();
    }

    private static void Run(ulong seed)
    {
        var random = new SeededRandom(seed);
        var fill = new TakerFill(1, new TakerFillTerms { RefillNanos = Refill }, seed);
        var obvious = new Dictionary<(BookSide, long), (long Displayed, long Taken, long Time)>();
        var book = new OrderBook(Scenario.Instrument);
        var fees = FeeModel.Uniform(1, default);
        for (var time = 0L; time < 400; time += random.Below(20))
        {
            if (time == 0 || random.Chance(0.5))
            {
                Change(random, book, fill, obvious, time);
            }

            var side = (Side)random.Below(2);
            var limit = 100 + random.Between(-4, 4);
            var quantity = random.Between(1, 40);
            var isAllOrNothing = random.Chance(0.3);
            var expected = Expected(book, obvious, side, limit, quantity, isAllOrNothing, time);

            var fills = fill.Walk(0, book, side, limit, quantity, isAllOrNothing, new SpendBudget(decimal.MaxValue, fees, 0, book.Instrument, side), time).ToArray();

            Assert.True(expected.SequenceEqual(fills), $"Seed {seed}, time {time}: {string.Join(' ', expected)} against {string.Join(' ', fills)}.");
            Assert.True(fills.Sum(f => f.QuantityLots) <= quantity);
            Assert.All(fills, f => Assert.True(side == Side.Buy ? f.PriceTicks <= limit : f.PriceTicks >= limit));
            Assert.All(fills, f => Assert.True(book.TryGetQuantity(side.TakesFrom(), f.PriceTicks, out var shown) && f.QuantityLots <= shown));
            if (isAllOrNothing && fills.Length > 0)
            {
                Assert.Equal(quantity, fills.Sum(f => f.QuantityLots));
            }
        }
    }

    private static void Change(
        SeededRandom random, OrderBook book, TakerFill fill, Dictionary<(BookSide, long), (long Displayed, long Taken, long Time)> obvious, long time)
    {
        var tape = new MemoryTape();
        if (time == 0 || random.Chance(0.1))
        {
            tape.Snapshot(0, time, time, Levels(random, -1), Levels(random, 1));
        }
        else
        {
            var side = (BookSide)random.Below(2);
            tape.Delta(0, time, time, side, side == BookSide.Bid ? 99 - random.Below(5) : 101 + random.Below(5), random.Below(20));
        }

        book.Apply(tape[0]);
        fill.Taken.Observe(tape[0], time);
        foreach (var (key, entry) in obvious.ToArray())
        {
            // A record of the moment of a take was part of the book it met.
            if (entry.Time < time && (!book.TryGetQuantity(key.Item1, key.Item2, out var shown) || shown != entry.Displayed))
            {
                obvious.Remove(key);
            }
        }
    }

    private static Level[] Levels(SeededRandom random, int away) =>
        [.. Enumerable.Range(1, (int)random.Below(6)).Select(i => new Level(100 + (away * i), random.Between(1, 20)))];

    private static List<Level> Expected(
        OrderBook book,
        Dictionary<(BookSide, long), (long Displayed, long Taken, long Time)> obvious,
        Side side,
        long limit,
        long quantity,
        bool isAllOrNothing,
        long time)
    {
        var fills = new List<Level>();
        var takes = new List<((BookSide, long), (long, long, long))>();
        foreach (var level in book.Levels(side.TakesFrom()))
        {
            var key = (side.TakesFrom(), level.PriceTicks);
            var isBeyond = side == Side.Buy ? level.PriceTicks > limit : level.PriceTicks < limit;
            var taken = obvious.TryGetValue(key, out var entry) && entry.Displayed == level.QuantityLots && time - entry.Time < Refill ? entry.Taken : 0;
            var lots = isBeyond ? 0 : Math.Min(quantity, level.QuantityLots - taken);
            if (lots > 0)
            {
                quantity -= lots;
                fills.Add(new Level(level.PriceTicks, lots));
                takes.Add((key, (level.QuantityLots, taken + lots, time)));
            }
        }

        if (isAllOrNothing && quantity > 0)
        {
            return [];
        }

        takes.ForEach(t => obvious[t.Item1] = t.Item2);
        return fills;
    }
}
