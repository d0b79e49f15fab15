using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Execution;

/// <summary>Unknown is not failed: an order without a definite answer is asked for, never sent again, and counts as exposure.</summary>
public sealed class UnknownOutcomeTests
{
    private readonly HandFed _hand = new HandFed().Open();

    [Fact]
    public void While_an_outcome_is_unknown_no_second_order_leaves_and_everything_stays_reserved()
    {
        _hand.Unknown(1).Wake();

        Assert.Single(_hand.Orders);
        Assert.Equal(1_000m, _hand.Reserved(HandFed.Usd));
        Assert.Equal(_hand.Orders[0].Id, Assert.Single(_hand.Queries));
        Assert.True(_hand.Engine.Executor.IsBusy(HandFed.EthUsd));
        Assert.Equal(_hand.Orders[0].Id, _hand.Only<OrderUnknown>().Id);
        Assert.Empty(_hand.All<PlanClosed>());
    }

    [Fact]
    public void A_fill_that_arrives_five_seconds_late_is_booked_once_and_the_plan_goes_on()
    {
        _hand.Unknown(1).After(5_000).FillAll(1);
        _hand.Wake().Accept(1).Fill(1, 10m, trade: 1);

        Assert.Equal(0m, _hand.Balance(HandFed.Usd));
        Assert.Equal((HandFed.EthBtc, 99m), (_hand.Orders[1].Instrument, _hand.Quantity(2)));
        _hand.FillAll(2).FillAll(3);
        Assert.Equal((PlanOutcome.Completed, HandFed.Profit), (_hand.Only<PlanClosed>().Outcome, _hand.Only<PlanClosed>().Realised));
        Assert.Null(_hand.Engine.Executor.HaltReason);
    }

    [Fact]
    public void An_order_is_given_up_only_after_enough_answers_that_the_venue_does_not_know_it()
    {
        _hand.Unknown(1).Wake().NotFound(1).After(60_000).NotFound(1);
        Assert.Equal((1_000m, 0), (_hand.Reserved(HandFed.Usd), _hand.All<PlanClosed>().Count));

        _hand.NotFound(1);

        Assert.Equal(PlanOutcome.Missed, _hand.Only<PlanClosed>().Outcome);
        Assert.Equal(0m, _hand.Reserved(HandFed.Usd));
        Assert.Single(_hand.Orders);
        Assert.Equal(3, _hand.Only<OrderAbsent>().Answers);
    }

    [Fact]
    public void A4_answers_that_follow_each_other_quickly_prove_nothing_however_many_they_are()
    {
        _hand.Unknown(1).Wake();
        for (var answer = 0; answer < 50; answer++)
        {
            _hand.NotFound(1).After(99);
        }

        Assert.Equal((1_000m, 0), (_hand.Reserved(HandFed.Usd), _hand.All<OrderAbsent>().Count));

        _hand.After(50).NotFound(1);

        Assert.Equal(51, _hand.Only<OrderAbsent>().Answers);
        Assert.Equal(0m, _hand.Reserved(HandFed.Usd));
    }

    [Fact]
    public void A_query_that_is_not_answered_says_nothing_about_the_order()
    {
        _hand.Unknown(1).Wake().NotFound(1);
        for (var lost = 0; lost < 10; lost++)
        {
            _hand.Wake().Unknown(1);
        }

        Assert.Empty(_hand.All<PlanClosed>());
        Assert.Equal(1_000m, _hand.Reserved(HandFed.Usd));
    }

    [Fact]
    public void An_order_that_was_not_found_at_first_is_taken_up_when_it_turns_up()
    {
        _hand.Unknown(1).Wake().NotFound(1).Wake().FillAll(1);

        Assert.Equal(0m, _hand.Balance(HandFed.Usd));
        Assert.Equal(99m, _hand.Quantity(2));
        Assert.Null(_hand.Engine.Executor.HaltReason);
    }

    [Fact]
    public void An_order_that_was_not_found_at_first_and_then_rejected_is_over()
    {
        _hand.Unknown(1).Wake().NotFound(1).Wake().Reject(1);

        Assert.Equal(PlanOutcome.Missed, _hand.Only<PlanClosed>().Outcome);
    }

    [Fact]
    public void A_second_leg_proved_absent_is_tried_again_under_a_new_id()
    {
        _hand.FillAll(1).Unknown(2).GiveUp(2);

        Assert.Equal(3, _hand.Orders.Count);
        Assert.Equal(3, _hand.Orders.Select(order => order.Id).Distinct().Count());
        Assert.Equal(OrderPurpose.Requote, _hand.All<OrderIntent>()[2].Purpose);
        _hand.FillAll(3).FillAll(4);
        Assert.Equal(HandFed.Profit, _hand.Only<PlanClosed>().Realised);
    }

    [Fact]
    public void An_order_proved_absent_that_fills_after_all_is_booked_and_halts_trading()
    {
        _hand.Unknown(1).GiveUp(1);
        Assert.Equal(PlanOutcome.Missed, _hand.Only<PlanClosed>().Outcome);

        _hand.FillAll(1);

        Assert.Equal((0m, 9.9m), (_hand.Balance(HandFed.Usd), _hand.Balance(HandFed.Btc)));
        Assert.NotNull(_hand.Engine.Executor.HaltReason);
        Assert.Single(_hand.Orders);
    }

    [Fact]
    public void An_order_replaced_after_it_was_proved_absent_may_overdraw_and_the_plan_says_by_how_much()
    {
        _hand.FillAll(1).Unknown(2).GiveUp(2).FillAll(3);

        _hand.FillAll(2).FillAll(4).FillAll(5);

        Assert.NotNull(_hand.Engine.Executor.HaltReason);
        var closed = _hand.Only<PlanClosed>();
        Assert.Equal(PlanOutcome.Residual, closed.Outcome);
        Assert.Equal(new Remainder(HandFed.Btc, -9.9m, null, IsDust: false), closed.Remainders.Span[0]);
    }

    [Fact]
    public void Only_one_query_is_under_way_however_many_times_the_outcome_is_reported_unknown()
    {
        _hand.Unknown(1).Unknown(1).Unknown(1).Wake();

        Assert.Single(_hand.Queries);
        Assert.Equal(_hand.Now + _hand.Settings.Execution.OrderDeadlineNanos, _hand.Engine.Deadlines.Next);
    }

    [Fact]
    public void A_gateway_that_says_nothing_at_all_leaves_the_outcome_unknown_and_is_asked_again_and_again()
    {
        _hand.Wake();
        Assert.Equal(0, _hand.Only<OrderUnknown>().Queries);
        Assert.Single(_hand.Queries);

        _hand.Wake();
        Assert.Equal(2, _hand.Queries.Count);
        Assert.Single(_hand.Orders);

        _hand.FillAll(1).FillAll(2).FillAll(3);
        Assert.Equal(PlanOutcome.Completed, _hand.Only<PlanClosed>().Outcome);
        Assert.Equal(long.MaxValue, _hand.Engine.Deadlines.Next);
    }

    [Fact]
    public void An_order_that_was_accepted_and_then_forgotten_is_asked_for()
    {
        _hand.Accept(1).Wake();

        Assert.Equal(_hand.Orders[0].Id, Assert.Single(_hand.Queries));
    }

    [Fact]
    public void A_session_that_ends_with_an_unknown_order_declares_a_residual()
    {
        _hand.Unknown(1);

        _hand.Engine.End();

        Assert.Equal(PlanOutcome.Residual, _hand.Only<PlanClosed>().Outcome);
    }

    [Fact]
    public void A_killed_engine_still_settles_an_unknown_order()
    {
        _hand.Unknown(1).Command(Trading.Engine.InputKind.Kill, "drill").Wake().FillAll(1).FillAll(2).FillAll(3);

        Assert.Equal(PlanOutcome.Completed, _hand.Only<PlanClosed>().Outcome);
        Assert.Equal(1_000m + HandFed.Profit, _hand.Balance(HandFed.Usd));
    }
}
