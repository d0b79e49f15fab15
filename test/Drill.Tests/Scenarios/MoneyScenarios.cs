using Parallax.Domain;
using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Decisions;
using Parallax.Trading.Risk;
using static Parallax.Drill.Tests.Scene;

namespace Parallax.Drill.Tests.Scenarios;

/// <summary>Tables A, D and E, as far as they are about how much may be spent, charged and lost.</summary>
public sealed class MoneyScenarios
{
    private const long End = 3_600 * S;

    [Fact]
    public void A14_A_thousand_times_two_plans_want_the_same_balance_and_never_is_more_set_aside_than_there_is()
    {
        var together = 0;
        var scene = Play(
            [new A14ManyPlansOneBalance { FromNanos = S / 2, UntilNanos = 26 * S, Usd = 1_300 }],
            nanos: 30 * S,
            before: world => together = Math.Max(together, world.Told.OpenPlans));
        var refused = scene.World.Engine!.Totals.Refused;

        Assert.True(scene.World.Engine.Totals.Opportunities > 1_000, $"{scene.World.Engine.Totals.Opportunities} tries are too few.");
        Assert.True(refused.GetValueOrDefault("balance") + refused.GetValueOrDefault("lots") > 100, string.Join(", ", refused));
        Assert.Equal(2, together);
        Assert.All(scene.World.Venue.Orders.Values, order => Assert.NotEqual("insufficient funds", order.RejectReason));
        Assert.Empty(scene.World.Told.Halts);
        scene.AssertBooksAgree();
    }

    [Theory]
    [InlineData("BTC")]
    [InlineData("SOL")]
    [InlineData("USD")]
    public void A15_A_fee_in_another_asset_is_booked_in_it_and_counts_as_a_loss_of_the_plan(string asset)
    {
        var scene = Play([new A15OtherFee { FromNanos = 0, UntilNanos = End, Attempt = 3, Asset = new Asset(asset) }]);
        var fee = scene.AtVenue(scene.Orders[2]).Fills.Where(fill => fill.FeeAsset == new Asset(asset)).Sum(fill => fill.Fee);

        Assert.True(fee > 0m);
        if (asset == "SOL")
        {
            var listed = Assert.Single(scene.Closed.Remainders.ToArray(), left => left.Asset == DrillListings.Sol);
            Assert.Equal(-fee, listed.Amount);
            Assert.True(listed.MarkInStart < 0m);
        }

        // What is missing of an asset on the plan's own way is listed as owed; of any other it is spent.
        Assert.Equal(asset == "BTC" ? PlanOutcome.Residual : PlanOutcome.Completed, scene.Closed.Outcome);
        scene.AssertBooksAgree();
    }

    [Theory]
    [InlineData(6)]
    [InlineData(2_000)]
    public void A16_A_fee_that_is_told_as_nothing_and_charged_later_is_in_the_books_of_a_running_and_of_an_ended_plan(int millis)
    {
        var scene = Play([new A16FeeCorrected { FromNanos = 0, UntilNanos = End, Attempt = 1, AfterNanos = millis * Ms }], surveyNanos: S);

        Assert.NotEqual(0, scene.World.Restatements.Count);
        Assert.Empty(scene.World.Engine!.Reconciler.Drifts);
        scene.AssertBooksAgree();
    }

    [Theory]
    [InlineData(6)]
    [InlineData(2_000)]
    public void A22_A_trade_that_is_taken_back_leaves_the_books_equal_to_the_venues(int millis)
    {
        var scene = Play([new A22TradeReversed { FromNanos = 0, UntilNanos = End, Attempt = 1, AfterNanos = millis * Ms }], surveyNanos: S);

        Assert.Equal(1, scene.World.Restatements.Count);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A18_No_order_is_ever_off_its_grid_or_below_its_minimum_and_no_quantity_is_rounded_up()
    {
        for (var percent = 1; percent <= 99; percent += 7)
        {
            var scene = Play([new A7PartialFill { FromNanos = 0, UntilNanos = End, Attempt = 1, Percent = percent }]);

            Assert.All(scene.World.Venue.Orders.Values, order => Assert.Null(order.RejectReason));
            var (bought, sold) = (scene.Orders[0], scene.Orders.Skip(1).Where(order => order.Instrument != scene.Orders[0].Instrument).ToList());
            Assert.All(sold.Take(1), order => Assert.True(
                DrillListings.All[order.Instrument].Quantity(order.Intent.QuantityLots) * DrillListings.All[order.Instrument].Price(order.Intent.LimitTicks)
                <= DrillListings.All[bought.Instrument].Quantity(bought.BookedLots) * 1.02m));
            scene.AssertBooksAgree();
        }
    }

    [Fact]
    public void D11_A_fee_that_changes_counts_from_the_next_decision_and_every_fill_is_booked_with_what_was_charged()
    {
        var scene = Play(
            [new D11FeesChange { FromNanos = 3 * S, UntilNanos = End, Rate = 0.002m, ToldAfterNanos = 100 * Ms }],
            script: world => world.Agenda.After(4 * S, () => world.Misprice(DrillListings.EthBtc, -200, 400 * Ms)));
        var rates = scene.Plans.Select(plan => -plan.Opened.Fees / plan.Opened.Input / 3m).ToList();

        Assert.Equal(2, rates.Count);
        Assert.InRange(rates[0], 0.0009m, 0.0011m);
        Assert.InRange(rates[1], 0.0018m, 0.0022m);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void D11_An_edge_that_the_new_fee_eats_is_no_opportunity()
    {
        var scene = Play([new D11FeesChange { FromNanos = S / 2, UntilNanos = End, Rate = 0.004m, ToldAfterNanos = 100 * Ms }]);

        Assert.Empty(scene.Orders);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(300)]
    public void D12_While_a_stable_coin_is_off_its_peg_no_plan_goes_through_it_and_others_do(int bps)
    {
        var scene = Play(
            [new D12Depeg { FromNanos = S / 2, UntilNanos = 4 * S, Bps = bps }],
            script: world =>
            {
                world.Agenda.After(2 * S, () => world.Misprice(DrillListings.SolUsdt, -100, 400 * Ms));
                world.Agenda.After(6 * S, () => world.Misprice(DrillListings.SolUsdt, -100, 400 * Ms));
            });
        var (start, through) = (scene.World.Terms.StartTime, scene.Plans.Where(plan => plan.Opened.Cycle.Contains("USDT", StringComparison.Ordinal)).ToList());

        Assert.True(scene.World.Engine!.Totals.Refused.ContainsKey("depeg"));
        Assert.Contains(scene.Plans, plan => !through.Contains(plan) && plan.Closed is { Outcome: PlanOutcome.Completed });
        Assert.All(through, plan => Assert.True(plan.Time > start + (4 * S)));
        Assert.NotEmpty(through);
    }

    [Fact]
    public void E3_When_the_day_has_lost_its_limit_nothing_more_is_opened_until_an_operator_accepts_it()
    {
        var scene = Play([new E3DailyLoss { FromNanos = S, UntilNanos = 8 * S, Orders = 100, Usd = 1 }], nanos: 20 * S, script: Again);
        var start = scene.World.Terms.StartTime;
        var halted = scene.Plans.First(plan => plan.Closed is { Realised: < 0m });

        Assert.DoesNotContain(scene.Plans, plan => plan.Time > halted.Closed!.Value.OpenedTime + (2 * S) && plan.Time < start + (8 * S));
        Assert.Contains(scene.Plans, plan => plan.Time > start + (8 * S) && plan.Closed is { Outcome: PlanOutcome.Completed });
        scene.AssertBooksAgree();
    }

    [Fact]
    public void E4_A_loss_that_is_not_realised_halts_trading_and_a_restart_lifts_it_not()
    {
        var levels = new List<RiskLevel>();
        var scene = Play([new E4OpenLoss { FromNanos = S, UntilNanos = 12 * S, Orders = 100, Usd = 5, FallBps = -500 }], nanos: 14 * S, script: world =>
        {
            Again(world);
            world.Agenda.After(8 * S, () => levels.Add(world.Engine!.Risk.Losses.Level));
            world.Agenda.After(11 * S, () => levels.Add(world.Engine!.Risk.Losses.Level));
        });
        var start = scene.World.Terms.StartTime;

        Assert.Equal(2, scene.World.Machine.Starts);
        Assert.Equal([RiskLevel.Halted, RiskLevel.Halted], levels);
        Assert.DoesNotContain(scene.Plans, plan => plan.Time > start + (7 * S) && plan.Time < start + (12 * S) && !plan.IsResumed);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void E14_A_limit_above_the_account_spends_no_more_than_there_is()
    {
        var scene = Play([new E14LimitsAboveAccount { FromNanos = 0, UntilNanos = End }]);

        Assert.InRange(Assert.Single(scene.Plans).Opened.Input, 1m, scene.World.Terms.Capital);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void E14_A_limit_that_nobody_set_is_its_default_and_never_unlimited()
    {
        var unset = new RiskLimits();

        Assert.All(LimitCatalog.All, limit => Assert.InRange(limit.Read(unset), limit.Min, limit.Max));
        Assert.True(unset.NotionalMax <= 1_000m && unset.DailyLossMax <= 100m && unset.TotalExposureMax <= 10_000m);
    }

    private static void Again(DrillWorld world)
    {
        for (var at = 2; at < 20; at++)
        {
            world.Agenda.After(at * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms));
        }
    }
}
