using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using static Parallax.Drill.Tests.Scene;

namespace Parallax.Drill.Tests.Scenarios;

/// <summary>Table A, what a venue and the way to it do to orders.</summary>
public sealed class OrderScenarios
{
    private const long End = 3_600 * S;

    [Fact]
    public void A0_Without_a_fault_the_plan_completes_and_earns()
    {
        var scene = Play([]);

        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        Assert.True(scene.Closed.Realised > 0m);
        Assert.Equal(3, scene.Orders.Count);
        scene.AssertBooksAgree();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A1_A_disconnect_before_the_acknowledgement_makes_the_order_unknown_and_the_next_leg_waits_for_the_venues_word(int leg)
    {
        var scene = Play([new A1DisconnectAfterSend { FromNanos = 0, UntilNanos = End, Attempt = leg, DownNanos = 300 * Ms }]);
        var hit = scene.Orders[leg - 1];

        Assert.Contains(OrderEventType.OutcomeUnknown, hit.Heard);
        Assert.Equal(scene.AtVenue(hit).FilledLots, hit.BookedLots);
        Assert.All(scene.Orders.Skip(leg), next => Assert.True(next.Time > hit.Time + (900 * Ms), scene.ToString()));
        Assert.NotEqual(PlanOutcome.Residual, scene.Closed.Outcome);
        scene.AssertBooksAgree();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A2_A_fill_that_arrives_five_seconds_after_the_timeout_is_booked_once_and_nothing_is_sent_again(int leg)
    {
        var scene = Play([new A2LateAnswer { FromNanos = 0, UntilNanos = End, Attempt = leg, DelayNanos = 5 * S }]);
        var hit = scene.Orders[leg - 1];

        Assert.Contains(OrderEventType.OutcomeUnknown, hit.Heard);
        Assert.Equal(scene.AtVenue(hit).Fills.Count, hit.Trades.Count);
        Assert.True(scene.World.Engine!.Executor.Totals.DuplicateFills > 0, "Asked for first, then told late: the second time counts as a duplicate.");
        Assert.All(scene.World.SentTimes.Values, times => Assert.Equal(1, times));
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A3_An_order_that_never_arrived_is_given_up_after_enough_negative_answers_and_its_money_is_free()
    {
        var scene = Play([new A3LostRequest { FromNanos = 0, UntilNanos = End, Attempt = 1 }]);
        var lost = scene.Orders[0];

        Assert.Equal(OrderEventType.OutcomeUnknown, lost.Heard[0]);
        Assert.InRange(lost.Heard.Count(heard => heard == OrderEventType.NotFound), 3, 10);
        Assert.Equal(PlanOutcome.Missed, scene.Closed.Outcome);
        Assert.Equal(0m, scene.World.Engine!.Treasury.Reservations.Reserved(new(DrillListings.Usd, DrillListings.Venue)));
        Assert.Single(scene.World.SentTimes);
    }

    [Fact]
    public void A4_An_order_that_two_answers_do_not_know_and_the_third_does_is_not_declared_lost()
    {
        var scene = Play([new A4NotFoundAtFirst { FromNanos = 0, UntilNanos = End, Attempt = 1, HiddenNanos = 3_500 * Ms }]);
        var late = scene.Orders[0];

        Assert.InRange(late.Heard.Count(heard => heard == OrderEventType.NotFound), 1, 2);
        Assert.Equal(scene.AtVenue(late).FilledLots, late.BookedLots);
        Assert.True(late.BookedLots > 0);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A4_An_order_that_enough_answers_do_not_know_too_quickly_is_not_declared_lost()
    {
        var scene = Play([new A4NotFoundAtFirst { FromNanos = 0, UntilNanos = End, Attempt = 1, HiddenNanos = 5_500 * Ms }]);
        var late = scene.Orders[0];

        Assert.InRange(late.Heard.Count(heard => heard == OrderEventType.NotFound), 3, 10);
        Assert.Equal(scene.AtVenue(late).FilledLots, late.BookedLots);
        Assert.True(late.BookedLots > 0);
        Assert.Empty(scene.World.Told.Halts);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A5_What_is_told_twice_is_booked_once_and_counted_as_a_duplicate()
    {
        var scene = Play([new A5ToldTwice { FromNanos = 0, UntilNanos = End, Orders = 10 }]);

        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        Assert.Equal(scene.World.Venue.Orders.Values.Sum(order => order.Fills.Count), (int)scene.World.Engine!.Executor.Totals.Fills);
        Assert.True(scene.World.Engine.Executor.Totals.DuplicateFills > 0);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A6_A_fill_before_its_acknowledgement_is_taken_and_the_plan_goes_on_at_once()
    {
        var scene = Play([new A6FillBeforeAck { FromNanos = 0, UntilNanos = End, Orders = 10 }]);

        Assert.All(scene.Orders, order => Assert.Equal(OrderEventType.Filled, order.Heard[0]));
        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A7_Leg_two_is_sized_to_what_leg_one_filled()
    {
        var scene = Play([new A7PartialFill { FromNanos = 0, UntilNanos = End, Attempt = 1, Percent = 30 }]);
        var whole = Play([]);
        var first = scene.Orders[0];
        var (shorter, longer) = (scene.Orders[1].Intent.QuantityLots, whole.Orders[1].Intent.QuantityLots);

        Assert.Equal(first.Intent.QuantityLots * 30 / 100, first.BookedLots);
        Assert.InRange(shorter, 1, (longer * 35 / 100) + 1);
        Assert.NotEqual(PlanOutcome.Residual, scene.Closed.Outcome);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A8_When_leg_two_is_rejected_the_plan_asks_once_more_and_else_goes_home_within_its_loss()
    {
        var scene = Play([new A8LegRejected { FromNanos = 0, UntilNanos = End, Attempt = 2 }, new A8LegRejected { FromNanos = 0, UntilNanos = End, Attempt = 3 }]);

        Assert.Equal(PlanOutcome.Unwound, scene.Closed.Outcome);
        Assert.Equal(OrderPurpose.Unwind, scene.Orders[^1].Intent.Purpose);
        // Two fees, two spreads, and a lot of rounding that stays as dust.
        Assert.InRange(scene.Closed.Realised, -0.015m * Assert.Single(scene.Plans).Opened.Input, 0m);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A9_While_the_venue_is_down_after_leg_one_nothing_is_sent_and_afterwards_the_plan_ends()
    {
        var down = new A9VenueDown { FromNanos = S + (12 * Ms), UntilNanos = 6 * S };
        var scene = Play([down], nanos: 30 * S);
        var start = scene.World.Terms.StartTime;

        Assert.NotEmpty(scene.Orders);
        Assert.DoesNotContain(scene.World.Venue.Orders.Values, order => order.ArrivalTime > start + down.FromNanos && order.ArrivalTime < start + down.UntilNanos);
        Assert.NotNull(Assert.Single(scene.Plans).Closed);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A10_When_the_way_home_fails_too_the_plan_ends_with_its_position_listed_and_no_endless_tries()
    {
        var scene = Play([new A10UnwindFails { FromNanos = 0, UntilNanos = End, Orders = 1_000 }], nanos: 60 * S);
        var left = Assert.Single(scene.Closed.Remainders.ToArray(), remainder => !remainder.IsDust);

        Assert.Equal(PlanOutcome.Residual, scene.Closed.Outcome);
        Assert.Equal(DrillListings.Btc, left.Asset);
        Assert.Equal(scene.Balance(DrillListings.Btc), left.Amount);
        Assert.InRange(scene.Orders.Count(order => order.Intent.Plan == 1), 2, 12);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A11_A_fill_worse_than_the_limit_is_booked_as_it_is()
    {
        var scene = Play([new A11WorsePrice { FromNanos = 0, UntilNanos = End, Attempt = 1, Ticks = 40 }]);

        Assert.All(scene.AtVenue(scene.Orders[0]).Fills, fill => Assert.True(fill.Fill.PriceTicks > scene.Orders[0].Intent.LimitTicks));
        Assert.True(scene.Closed.Slippage < 0m);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A12_An_over_fill_is_booked_as_the_fact_it_is_and_trading_halts()
    {
        var scene = Play([new A12OverFill { FromNanos = 0, UntilNanos = End, Attempt = 1, Lots = 3 }]);

        Assert.Equal(scene.Orders[0].Intent.QuantityLots + 3, scene.Orders[0].BookedLots);
        Assert.NotEmpty(scene.World.Told.Halts);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A17_A_status_that_goes_backwards_changes_nothing()
    {
        var scene = Play([new A17StatusBackwards { FromNanos = 0, UntilNanos = End, Orders = 10 }]);

        Assert.Contains(scene.Orders, order => order.Heard.Count(heard => heard == OrderEventType.Accepted) > 1);
        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        Assert.Equal(3, scene.Orders.Count);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A18_What_is_too_little_for_any_order_stays_as_dust_and_no_order_is_sent_for_it()
    {
        var scene = Play([new A7PartialFill { FromNanos = 0, UntilNanos = End, Attempt = 1, Percent = 1 }]);

        Assert.Equal(DrillListings.Btc, Assert.Single(scene.Closed.Remainders.ToArray()).Asset);
        Assert.All(scene.World.Venue.Orders.Values, order => Assert.Null(order.RejectReason));
        scene.AssertBooksAgree();
    }
}
