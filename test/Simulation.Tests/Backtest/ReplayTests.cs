using Parallax.Domain;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Scripted;
using Parallax.Simulation.Venue;
using Parallax.Testing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Tests.Backtest;

/// <summary>The planted triangle with single things going wrong, through the whole of replay, engine and simulated venue.</summary>
public sealed class ReplayTests
{
    private readonly RecordList _journal = new();

    [Fact]
    public void A_venue_that_never_answers_ends_in_a_declared_residual_not_in_an_endless_replay()
    {
        Play(new AllLost());

        var closed = Assert.Single(_journal.All<PlanClosed>());
        Assert.Equal((PlanOutcome.Residual, 0m), (closed.Outcome, closed.Realised));
        Assert.Single(_journal.All<OrderIntent>());
        Assert.True(_journal.All<OrderUnknown>().Count > 5);
    }

    [Fact]
    public void A_lost_answer_is_asked_for_and_the_plan_goes_on_with_what_was_filled()
    {
        Play(new ScriptedOrderFaults().Order(1, new OrderFault { LosesResponse = true }));

        Assert.Single(_journal.All<OrderUnknown>());
        var closed = Assert.Single(_journal.All<PlanClosed>());
        // Ten seconds later the cycle no longer pays: home with the 1.5 whole lots.
        Assert.Equal((PlanOutcome.Unwound, ((59_990m + (0.5m * 59_900m)) * 0.999m) - PlantedTriangle.Spent), (closed.Outcome, closed.Realised));
    }

    [Fact]
    public void A_lost_request_frees_its_reservation_only_after_three_negative_answers()
    {
        var engine = Play(new ScriptedOrderFaults().Order(1, new OrderFault { LosesRequest = true }));

        Assert.Equal(PlanOutcome.Missed, Assert.Single(_journal.All<PlanClosed>()).Outcome);
        // The deadline, then every negative answer but the last.
        Assert.Equal(3, _journal.All<OrderUnknown>().Count);
        Assert.Null(engine.Executor.HaltReason);
    }

    [Fact]
    public void A_rejected_second_leg_is_tried_again_at_the_books_price()
    {
        Play(new ScriptedOrderFaults().Order(2, new OrderFault { RejectReason = "EOrder:Rate limit exceeded" }));

        Assert.Equal(
            [OrderPurpose.Leg, OrderPurpose.Leg, OrderPurpose.Requote, OrderPurpose.Leg], _journal.All<OrderIntent>().Select(intent => intent.Purpose));
        var closed = Assert.Single(_journal.All<PlanClosed>());
        Assert.Equal((PlanOutcome.Completed, PlantedTriangle.Profit), (closed.Outcome, closed.Realised));
    }

    [Fact]
    public void A_partial_second_leg_sells_its_part_and_brings_the_rest_after_it()
    {
        Play(new ScriptedOrderFaults().Order(2, new OrderFault { FillLotsMax = 1_000 }));

        // 10 ETH of 30, at 0.05: 9.99 of them sold. What came back unfilled proves that nothing is left up to 0.05002, so the rest is sized
        // for 0.05005; the venue gives 0.05002 after all, and what that saves buys once more.
        Assert.Equal(
            [OrderPurpose.Leg, OrderPurpose.Leg, OrderPurpose.Leg, OrderPurpose.Requote, OrderPurpose.Leg, OrderPurpose.Requote, OrderPurpose.Leg],
            _journal.All<OrderIntent>().Select(intent => intent.Purpose));
        var closed = Assert.Single(_journal.All<PlanClosed>());
        Assert.Equal(PlanOutcome.Completed, closed.Outcome);
        Assert.Equal(PlantedTriangle.Profit, closed.Realised);
    }

    private Trading.Engine.Engine Play(IOrderFaults faults)
    {
        using var play = new TapePlay(PlantedTriangle.Write(new PlantedTriangleTerms()).WriteTo);
        return play.Run(TapePlay.Settings(PlantedTriangle.Fee, ("USDT", PlantedTriangle.Capital)), _journal, latencyNanos: 0, faults);
    }

    private sealed class AllLost : IOrderFaults
    {
        public OrderFault OfOrder(in OrderRequest request) => new() { LosesRequest = true };

        public OrderFault OfQuery(ClientOrderId id) => new() { LosesResponse = true };
    }
}
