using Parallax.Domain;
using Parallax.Simulation.Randomness;
using Parallax.Simulation.Scripted;
using Parallax.Strategies.Sizing;
using Parallax.Strategies.Tests.Sizing;
using Parallax.Testing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Simulation.Tests.Backtest;

/// <summary>Without latency a backtest earns the best that the books allow, to the last unit; with latency, what the moved books leave of it.</summary>
public sealed class ClosedFormTests
{
    private const long Ms = UtcNanos.PerMillisecond;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, 0)]
    [InlineData(0, 7)]
    [InlineData(20, 7)]
    public void While_the_books_stand_a_planted_mispricing_earns_its_known_best_profit(int latencyMs, int feedDelayMs)
    {
        var journal = PlayTriangle(new PlantedTriangleTerms { FeedDelayNanos = feedDelayMs * Ms }, latencyMs);

        var opened = Assert.Single(journal.All<PlanOpened>());
        var closed = Assert.Single(journal.All<PlanClosed>());
        Assert.Equal((PlantedTriangle.Spent, PlantedTriangle.Profit), (opened.Input, opened.ExpectedProfit));
        Assert.Equal((PlanOutcome.Completed, PlantedTriangle.Profit, 0m), (closed.Outcome, closed.Realised, closed.Slippage));
        Assert.Equal(0.000098m, Assert.Single(closed.Remainders.ToArray()).Amount);
    }

    [Fact]
    public void With_latency_the_profit_falls_by_exactly_what_the_last_book_moved()
    {
        // Leg 3 arrives 100 ms after the opening. At 90 ms the best bid, 8 ETH at 3015, went: those 8 are sold at 3012, less 10 bps.
        var journal = PlayTriangle(new PlantedTriangleTerms { BestBidGoneAfterNanos = 90 * Ms }, latencyMs: 20);

        var closed = Assert.Single(journal.All<PlanClosed>());
        Assert.Equal(-8 * (3015m - 3012m) * 0.999m, closed.Slippage);
        Assert.Equal((PlanOutcome.Completed, PlantedTriangle.Profit + closed.Slippage), (closed.Outcome, closed.Realised));
    }

    [Fact]
    public void Too_late_for_the_second_leg_costs_exactly_the_way_back()
    {
        // Leg 2 arrives after 60 ms, the mispricing ended after 50. The 1.5 BTC that are whole lots go home: 1 at 59,990 and 0.5 at 59,900.
        var journal = PlayTriangle(new PlantedTriangleTerms { LifeNanos = 50 * Ms }, latencyMs: 20);

        var closed = Assert.Single(journal.All<PlanClosed>());
        Assert.Equal(PlanOutcome.Unwound, closed.Outcome);
        Assert.Equal(((59_990m + (0.5m * 59_900m)) * 0.999m) - PlantedTriangle.Spent, closed.Realised);
        Assert.Equal((0.000498m, true), (Assert.Single(closed.Remainders.ToArray()).Amount, closed.Remainders.Span[0].IsDust));
    }

    [Fact]
    public void Too_late_for_the_first_leg_costs_nothing()
    {
        var journal = PlayTriangle(new PlantedTriangleTerms { LifeNanos = 50 * Ms, FeedDelayNanos = 60 * Ms }, latencyMs: 0);

        // Leg 1 trades in a book that did not move; leg 2 finds the old prices. Nothing was ever there for us.
        Assert.DoesNotContain(journal.All<PlanClosed>(), closed => closed.Realised > 0m);
    }

    public static TheoryData<FeeMode, string> FeeRules()
    {
        var rules = new TheoryData<FeeMode, string>();
        foreach (var mode in new[] { FeeMode.Receive, FeeMode.Quote, FeeMode.Base, FeeMode.Spend })
        {
            foreach (var step in new[] { "", "0.00000001", "0.001" })
            {
                rules.Add(mode, step);
            }
        }

        return rules;
    }

    [Theory]
    [MemberData(nameof(FeeRules))]
    public void On_random_books_the_realised_profit_is_the_best_of_all_lot_plans(FeeMode mode, string step)
    {
        var paid = 0;
        for (var seed = 1UL; seed <= 120; seed++)
        {
            var books = new RandomTriangle(seed, new FeeTerms(0.001m, mode, step.Length == 0 ? null : decimal.Parse(step)));
            var best = BruteForce.Best(books.Legs, books.Capital);
            var journal = new RecordList();
            using var play = new TapePlay(books.Market.WriteTo);
            var engine = play.Run(TapePlay.Settings(books.Fee, ("USD", books.Capital)), journal);

            var closed = journal.All<PlanClosed>();
            Assert.True(best.Profit == closed.Sum(plan => plan.Realised), $"seed {seed}: best {best}, realised {string.Join(", ", closed)}");
            Assert.True(best.Profit == journal.All<PlanOpened>().Sum(plan => plan.ExpectedProfit), $"seed {seed}: best {best}");
            Assert.True(closed.All(plan => plan.Outcome == PlanOutcome.Completed), $"seed {seed}: {string.Join(", ", closed)}");
            Assert.Equal(books.Capital + best.Profit, engine.Treasury.Ledger.Balance(engine.Treasury.Ledger.Holdings.Single(held => held.Asset == new Asset("USD"))));
            paid += best.Profit > 0m ? 1 : 0;
        }

        Assert.True(paid >= 20, $"Only {paid} of 120 books paid: the test says little.");
    }

    private static RecordList PlayTriangle(PlantedTriangleTerms terms, int latencyMs)
    {
        var journal = new RecordList();
        using var play = new TapePlay(PlantedTriangle.Write(terms).WriteTo);
        play.Run(TapePlay.Settings(PlantedTriangle.Fee, ("USDT", PlantedTriangle.Capital)), journal, latencyMs * Ms);
        return journal;
    }

    /// <summary>Three books with coarse lots and an edge of up to four percent on USD > AAA > BBB > USD, each leg in either direction.</summary>
    private sealed class RandomTriangle
    {
        private static readonly string[] Assets = ["USD", "AAA", "BBB"];

        public RandomTriangle(ulong seed, FeeTerms fee)
        {
            Fee = fee;
            var random = new SeededRandom(seed, stream: 0x70);
            Capital = random.Chance(0.3) ? 50m + random.Below(400) : 100_000m;
            var values = new decimal[] { 1m, 5m + random.Below(200), 2m + random.Below(60) };
            var edge = (60 + random.Below(340)) / 10_000m;
            for (var leg = 0; leg < 3; leg++)
            {
                var (from, to) = (leg, (leg + 1) % 3);
                var side = random.Chance(0.5) ? Side.Buy : Side.Sell;
                var (@base, quote) = side == Side.Buy ? (to, from) : (from, to);
                var bonus = leg < 2 ? 1m : side == Side.Buy ? 1m - edge : 1m + edge;
                Add((ushort)leg, Assets[@base], Assets[quote], side, values[@base] / values[quote] * bonus, random, values[@base]);
            }
        }

        public FeeTerms Fee { get; }

        public decimal Capital { get; }

        public ScriptedMarket Market { get; } = new(new VenueId("random"), startTime: 1_700_000_000 * UtcNanos.PerSecond);

        public List<(LegTerms Terms, Level[] Levels)> Legs { get; } = [];

        private void Add(ushort number, string @base, string quote, Side side, decimal fair, SeededRandom random, decimal baseValue)
        {
            const decimal Tick = 0.00001m;
            var lot = decimal.Max(0.001m, decimal.Round((1 + random.Below(12)) / 10m / baseValue, 3));
            Market.At(number * Ms).List(@base, quote, Tick, lot, notionalMin: random.Chance(0.3) ? 0.5m : 0m);
            var levels = new Level[1 + random.Below(4)];
            var ticks = (long)(fair / Tick);
            for (var i = 0; i < levels.Length; i++)
            {
                levels[i] = new Level(ticks, 1 + random.Below(60));
                ticks += (side == Side.Buy ? 1 : -1) * (1 + (ticks * random.Below(8) / 10_000));
            }

            var instrument = Market.Instruments[number];
            (decimal, decimal)[] taken = [.. levels.Select(level => (instrument.Price(level.PriceTicks), instrument.Quantity(level.QuantityLots)))];
            // The other side stands far away, so that only one direction pays.
            (decimal, decimal)[] other = [(instrument.Price(side == Side.Buy ? levels[0].PriceTicks * 9 / 10 : levels[0].PriceTicks * 11 / 10), instrument.Quantity(5))];
            Market.Book(number, side == Side.Buy ? other : taken, side == Side.Buy ? taken : other);
            Legs.Add((LegTerms.Of(instrument, side, Fee), levels));
        }
    }
}
