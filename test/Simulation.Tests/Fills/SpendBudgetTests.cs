using FsCheck;
using FsCheck.Fluent;
using Parallax.Domain;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Randomness;
using static Parallax.Simulation.Tests.Scenario;

namespace Parallax.Simulation.Tests.Fills;

public sealed class SpendBudgetTests
{
    [Fact]
    public void Trading_stops_at_the_last_lot_that_the_budget_pays_for()
    {
        // 1.00 at 100 and 0.98 at 101 cost 198.98; the fee of 0.1 % on top makes 199.17898, a lot more 200.18999.
        var reports = new Scenario().Run(venue => venue.Submit(Buy(1, 300, 101, 0) with { SpendMax = 200m }));

        Assert.Equal([new Level(100, 100), new Level(101, 98)], reports.Fills(1));
    }

    [Fact]
    public void A_budget_below_one_lot_trades_nothing()
    {
        var reports = new Scenario().Run(venue => venue.Submit(Buy(1, 300, 101, 0) with { SpendMax = 1m }));

        Assert.Empty(reports.Fills(1));
    }

    [Fact]
    public void A_fill_or_kill_order_beyond_its_budget_is_killed_and_takes_nothing()
    {
        var reports = new Scenario().Run(venue =>
        {
            venue.Submit(Buy(1, 200, 101, 0, TimeInForce.FillOrKill) with { SpendMax = 200m });
            venue.Submit(Buy(2, 300, 101, 1));
        });

        Assert.Empty(reports.Fills(1));
        Assert.Equal(300, reports.Fills(2).Sum(f => f.QuantityLots));
    }

    [Fact]
    public void The_budget_is_never_passed_and_never_left_while_another_lot_fits()
    {
        Prop.ForAll<ulong>(Check).QuickCheckThrowOnFailure();
    }

    private static void Check(ulong seed)
    {
        var random = new SeededRandom(seed);
        var side = (Side)random.Below(2);
        var step = random.Chance(0.5) ? 0.01m * random.Between(1, 50) : (decimal?)null;
        var terms = new FeeTerms(random.Between(0, 50) / 10_000m, (FeeMode)random.Below(4), step);
        var fees = FeeModel.Uniform(1, terms);
        var max = random.Between(0, 400) + 0.37m;
        var budget = new SpendBudget(max, fees, 0, Scenario.Instrument, side);
        decimal quantity = 0, notional = 0;
        for (var i = 0; i < 4; i++)
        {
            var (price, lots) = (random.Between(90, 110), random.Between(1, 150));
            var taken = budget.Take(price, lots);

            Assert.InRange(taken, 0, lots);
            Assert.True(taken == lots || Spent(taken + 1) > max, $"Seed {seed}: another lot fits.");
            (quantity, notional) = (quantity + (taken * 0.01m), notional + (taken * price * 0.01m));
            Assert.True(taken == 0 || Spent(0) <= max, $"Seed {seed}: {Spent(0)} of {max} spent.");

            decimal Spent(long more)
            {
                var (q, n) = (quantity + (more * 0.01m), notional + (more * price * 0.01m));
                var isFeeOnSpent = terms.AssetOn(side) == (side == Side.Buy ? FeeAsset.Quote : FeeAsset.Base);
                var fee = terms.AssetOn(side) == FeeAsset.Base ? terms.On(q) : terms.On(n);
                return (side == Side.Buy ? n : q) + (isFeeOnSpent ? fee : 0);
            }
        }
    }
}
