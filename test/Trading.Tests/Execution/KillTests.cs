using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Execution;

/// <summary>A kill wins over everything: nothing is sent after it, what is out comes to its end, what is held is listed.</summary>
public sealed class KillTests
{
    [Fact]
    public void E1_after_a_kill_nothing_is_sent_and_a_leg_in_flight_is_settled()
    {
        var hand = Holding().Open().Command(InputKind.Kill, "drill");
        Assert.Equal(1, hand.CancelAlls);
        Assert.Equal(1, hand.Engine.Executor.OpenCount);

        hand.FillAll(1);

        Assert.Single(hand.Orders);
        Assert.Equal(PlanOutcome.Residual, hand.Only<PlanClosed>().Outcome);
        Assert.Equal("trading was stopped", hand.Only<LegDecided>().Why);
        Assert.Equal((HandFed.Btc, 9.9m), (hand.Only<ResidualDeclared>().Holding.Asset, hand.Only<ResidualDeclared>().Amount));
    }

    [Fact]
    public void E1_an_order_of_unknown_outcome_is_asked_for_after_a_kill_and_its_plan_ends_only_when_it_is_known()
    {
        var hand = Holding().Open().Unknown(1).Command(InputKind.Kill, "drill").Wake();

        Assert.Single(hand.Queries);
        Assert.Empty(hand.All<PlanClosed>());

        hand.Miss(1);

        Assert.Equal(PlanOutcome.Missed, hand.Only<PlanClosed>().Outcome);
        Assert.Single(hand.Orders);
    }

    [Fact]
    public void A_plan_that_waits_for_a_book_is_declared_at_the_kill()
    {
        var hand = Holding().Open().FillPart(1, 5m).BookLost(HandFed.BtcUsd).BookLost(HandFed.EthBtc).Miss(2);
        Assert.Equal(1, hand.Engine.Executor.OpenCount);

        hand.Command(InputKind.Kill, "drill");

        Assert.Equal(PlanOutcome.Residual, hand.Only<PlanClosed>().Outcome);
        Assert.Equal(4.95m, hand.Only<ResidualDeclared>().Amount);
    }

    [Fact]
    public void E2_kill_and_resume_a_thousand_times_under_load_never_sends_while_it_is_on()
    {
        var hand = Holding();
        for (var i = 0; i < 1_000; i++)
        {
            hand.After(10).Open().Command(InputKind.Kill, "on");
            var sent = hand.Orders.Count;
            hand.After(10).Quiet().After(10).Open();
            if (hand.Engine.Executor.OrdersOut > 0)
            {
                hand.FillPart(hand.Orders.Count, hand.Quantity(hand.Orders.Count) / 2 >= 1m ? 1m : 0.1m);
            }

            Assert.Equal(sent, hand.Orders.Count);
            Assert.Equal(0, hand.Engine.Executor.OpenCount);
            hand.Command(InputKind.Resume, "off").After(10).Quiet();
            if (hand.Engine.Executor.OrdersOut > 0)
            {
                hand.Miss(hand.Orders.Count);
            }
        }

        Assert.True(hand.Orders.Count > 1, "Nothing was ever sent: the test says nothing.");
        Assert.False(hand.Engine.IsKilled);
    }

    [Fact]
    public void E9_a_resume_before_a_kill_at_the_same_moment_leaves_trading_stopped()
    {
        var hand = Holding().Quiet().Command(InputKind.Resume, "start").Command(InputKind.Kill, "stop").Open();

        Assert.True(hand.Engine.IsKilled);
        Assert.Empty(hand.Orders);
    }

    [Fact]
    public void Where_plans_are_to_be_finished_a_kill_lets_them_go_home()
    {
        var hand = new HandFed().Open().Command(InputKind.Kill, "drill").FillAll(1).FillAll(2).FillAll(3);

        Assert.Equal(PlanOutcome.Completed, hand.Only<PlanClosed>().Outcome);
        Assert.Equal(1, hand.CancelAlls);
    }

    private static HandFed Holding() =>
        new(settings => settings with { Execution = settings.Execution with { KillPolicy = KillPolicy.Hold } });
}
