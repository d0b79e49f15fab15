using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Tests.Engine;
using Parallax.Trading.Tests.Reconciliation;

namespace Parallax.Trading.Tests.Execution;

/// <summary>A plan and those that bring home what it left are one story: one result, told when all of it is home, or kept.</summary>
public sealed class OneStoryTests
{
    [Fact]
    public void What_is_listed_is_carried_at_its_cost_and_no_loss()
    {
        var hand = Left();

        var closed = hand.Only<PlanClosed>();
        Assert.Equal((PlanOutcome.Residual, -500m, 500m, 0m), (closed.Outcome, closed.Realised, closed.Carried, closed.Result));
        Assert.Equal(500m, Assert.Single(hand.Engine.Executor.Residuals.Open).Cost);
        Assert.Equal((0m, 1), (hand.Engine.Executor.Totals.Realised[HandFed.Usd], hand.Engine.Executor.Totals.Count(PlanOutcome.Residual)));
        Assert.Equal(0, hand.Engine.Risk.Losses.Streak);
        Assert.Empty(hand.All<PlanSettled>());
        Check(hand);
    }

    [Fact]
    public void What_it_is_worth_less_by_now_counts_where_a_session_may_lose_so_much()
    {
        var hand = Left().Book(HandFed.BtcUsd, [(80m, 100m)], [(81m, 10m)]);

        Assert.Equal((4.95m * 80m) - 500m, hand.Engine.Executor.ProfitIn(HandFed.Usd));
    }

    [Theory]
    [InlineData(90, 1)]
    [InlineData(110, 0)]
    public void Brought_home_it_is_one_plan_one_result_and_one_win_or_loss(int price, int losses)
    {
        var hand = Left().Book(HandFed.BtcUsd, [(price, 100m)], [(price + 1, 10m)]);

        WorkOff(hand).FillAll(3);

        var result = (4.95m * price * 0.99m) - 500m;
        Assert.Equal(result, hand.Engine.Executor.Totals.Realised[HandFed.Usd]);
        Assert.Equal((0, 1, 0), Counts(hand));
        Assert.Equal(new PlanSettled(1, 1, PlanOutcome.Unwound, HandFed.Usd, 0m, 0), hand.Only<PlanSettled>());
        Assert.Equal(losses, hand.Engine.Risk.Losses.Streak);
        Check(hand);
    }

    [Fact]
    public void Kept_as_inventory_it_has_lost_what_it_cost_then()
    {
        var hand = Left().Give(new ResidualCommand(1, ResidualWish.WriteOff, new OperatorCommand("we want it", "cli")));

        Assert.Equal(new PlanSettled(1, 1, PlanOutcome.Residual, HandFed.Usd, -500m, 0), hand.Only<PlanSettled>());
        Assert.Equal(-500m, hand.Engine.Executor.Totals.Realised[HandFed.Usd]);
        Assert.Equal((1, 0, 0), Counts(hand));
        Assert.Equal(1, hand.Engine.Risk.Losses.Streak);
        Check(hand);
    }

    [Fact]
    public void A_part_that_comes_home_lowers_what_the_rest_has_cost()
    {
        var hand = Left().Book(HandFed.BtcUsd, [(99m, 100m)], [(101m, 10m)]);
        WorkOff(hand).FillPart(3, 2m).BookLost(HandFed.BtcUsd);
        Settle(hand);

        var rest = Assert.Single(hand.Engine.Executor.Residuals.Open);
        Assert.Equal((new PlanName(1, 1), 2.95m, 500m - (2m * 99m * 0.99m)), (rest.First, rest.Amount, rest.Cost));
        Assert.Equal(0m, hand.All<PlanClosed>()[1].Result);
        Assert.Empty(hand.All<PlanSettled>());
        Check(hand);

        hand.Book(HandFed.BtcUsd, [(99m, 100m)], [(101m, 10m)]).Give(new ResidualCommand(2, ResidualWish.WorkOff, new OperatorCommand("rest", "cli")));
        hand.FillAll(hand.Orders.Count);

        Assert.Equal((4.95m * 99m * 0.99m) - 500m, hand.Engine.Executor.Totals.Realised[HandFed.Usd]);
        Assert.Equal((0, 1, 0), Counts(hand));
        Assert.Single(hand.All<PlanSettled>());
        Assert.Equal(1, hand.Engine.Risk.Losses.Streak);
        Check(hand);
    }

    [Fact]
    public void A_restart_at_any_record_tells_the_same_result()
    {
        var whole = WorkOff(Left(RestartTests.Reconciling).Book(HandFed.BtcUsd, [(90m, 100m)], [(91m, 10m)])).FillAll(3);
        for (var records = 1; records <= whole.Journal.Count; records++)
        {
            var next = whole.Restarted(records);
            // What is taken over is told at the first look at the market.
            next.Quiet();
            Assert.Equal(next.Balance(HandFed.Usd) - 1_000m + next.Carried() + Running(next), next.Results());
        }
    }

    [Fact]
    public void A_residual_of_an_earlier_session_counts_to_the_plan_that_left_it()
    {
        var hand = Left(RestartTests.Reconciling).Restarted();
        hand.Quiet().SayLedger().Book(HandFed.BtcUsd, [(90m, 100m)], [(91m, 10m)]);

        WorkOff(hand);
        hand.FillAll(hand.Orders.Count);

        Assert.Equal(new PlanName(1, 1), hand.Only<PlanOpened>().First);
        Assert.Equal(new PlanSettled(1, 1, PlanOutcome.Unwound, HandFed.Usd, 0m, 0), hand.Only<PlanSettled>());
        Assert.Equal((4.95m * 90m * 0.99m) - 500m, hand.Engine.Executor.Totals.Realised[HandFed.Usd]);
        Assert.Equal((0, 0, 0), Counts(hand));
        Assert.Equal(hand.Balance(HandFed.Usd) - 1_000m, hand.Results());
    }

    [Fact]
    public void A_fee_that_is_corrected_on_the_way_home_changes_the_same_result()
    {
        var hand = Left().Book(HandFed.BtcUsd, [(90m, 100m)], [(91m, 10m)]);
        WorkOff(hand).FillAll(3);

        hand.Give(new FeeCorrection(hand.Orders[2].Id, 2, HandFed.Usd, 1m));

        Assert.Single(hand.All<PlanRestated>());
        Assert.Equal((4.95m * 90m) - 1m - 500m, hand.Engine.Executor.Totals.Realised[HandFed.Usd]);
        Check(hand);
    }

    private static (int Residual, int Unwound, int Completed) Counts(HandFed hand)
    {
        var totals = hand.Engine.Executor.Totals;
        return (totals.Count(PlanOutcome.Residual), totals.Count(PlanOutcome.Unwound), totals.Count(PlanOutcome.Completed));
    }

    /// <summary>What all plans came to, and what is carried, is the change of the account.</summary>
    private static void Check(HandFed hand) => Assert.Equal(hand.Balance(HandFed.Usd) - 1_000m + hand.Carried(), hand.Results());

    /// <summary>What plans that run are out of pocket, or have cost when they began.</summary>
    private static decimal Running(HandFed hand) => hand.AllEver<PlanResumed>().TakeLast(hand.Engine.Executor.OpenCount).Sum(plan => -plan.StartNet)
        + (hand.Engine.Executor.OpenPlans.Any(plan => plan.First is not null) ? 500m : 0m);

    private static HandFed WorkOff(HandFed hand) => hand.Give(new ResidualCommand(1, ResidualWish.WorkOff, new OperatorCommand("enough", "cli")));

    private static void Settle(HandFed hand)
    {
        while (hand.Engine.Executor.OpenCount > 0)
        {
            if (hand.Engine.Executor.OrdersOut > 0)
            {
                hand.Miss(hand.Orders.Count);
            }
            else
            {
                hand.Wake();
            }
        }
    }

    /// <summary>A plan that bought 4.95 BTC for 500 USD and found no way on or back.</summary>
    private static HandFed Left(Func<EngineSettings, EngineSettings>? change = null)
    {
        var hand = new HandFed(change);
        hand.Quiet();
        if (change is not null)
        {
            hand.SayLedger().After(10);
        }

        hand.Open().FillPart(1, 5m);
        hand.BookLost(HandFed.BtcUsd).BookLost(HandFed.EthBtc).Miss(2);
        while (hand.All<PlanClosed>().Count == 0)
        {
            hand.Wake();
        }

        return hand;
    }
}
