using Parallax.Trading.Execution;

namespace Parallax.Trading.Tests.Execution;

public sealed class LegFailureTests
{
    [Fact]
    public void Continuing_at_exactly_the_loss_allowed_is_chosen_and_a_hair_below_it_is_not()
    {
        Assert.Equal(LegFailureChoice.Continue, Decide(continuing: 9_990m, unwinding: 9_990m).Choice);
        Assert.Equal(LegFailureChoice.Unwind, Decide(continuing: 9_989.99m, unwinding: 9_989.99m).Choice);
    }

    [Fact]
    public void Unwinding_is_chosen_when_it_returns_more_than_continuing() =>
        Assert.Equal(LegFailureChoice.Unwind, Decide(continuing: 9_995m, unwinding: 9_995.01m).Choice);

    [Fact]
    public void A_better_hedge_does_not_stop_a_plan_that_may_continue() =>
        Assert.Equal(LegFailureChoice.Continue, Decide(continuing: 9_995m, unwinding: 9_000m, hedging: 9_999m).Choice);

    [Fact]
    public void Continuing_at_a_larger_loss_is_still_better_than_nothing()
    {
        var decision = Decide(continuing: 5_000m);

        Assert.Equal((LegFailureChoice.Continue, -5_000m), (decision.Choice, decision.ExpectedPnl));
    }

    [Fact]
    public void Equal_ways_are_taken_in_the_order_unwind_hedge_continue()
    {
        Assert.Equal(LegFailureChoice.Unwind, Decide(continuing: 5_000m, unwinding: 5_000m, hedging: 5_002m).Choice);
        Assert.Equal(LegFailureChoice.Hedge, Decide(continuing: 5_000m, hedging: 5_002m).Choice);
    }

    [Fact]
    public void The_fixed_costs_of_a_hedge_count()
    {
        var decision = Decide(unwinding: 9_000m, hedging: 9_001m);

        Assert.Equal((LegFailureChoice.Unwind, 8_999m), (decision.Choice, decision.Hedge));
    }

    [Fact]
    public void Without_any_way_out_it_holds()
    {
        var decision = Decide();

        Assert.Equal((LegFailureChoice.Hold, null), (decision.Choice, decision.ExpectedPnl));
    }

    private static LegFailureDecision Decide(decimal? continuing = null, decimal? unwinding = null, decimal? hedging = null) =>
        LegFailure.Decide(10_000m, continuing, unwinding, hedging, hedgeFixed: 2m, continueLossBpsMax: 10m);
}
