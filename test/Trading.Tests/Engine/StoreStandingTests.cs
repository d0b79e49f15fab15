using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Tests.Engine;

/// <summary>What nobody could look up is not begun.</summary>
public sealed class StoreStandingTests
{
    private readonly HandFed _hand = new();

    [Fact]
    public void C6_while_the_store_is_behind_no_plan_is_opened_and_one_that_runs_is_finished()
    {
        Tell(new StoreReport(true, 70_000, "It hangs."));
        _hand.Open();
        var refused = _hand.Only<OpportunityRefused>();
        Assert.Equal(("store-behind", 70_000m), (refused.Reason, refused.Value));
        Assert.Empty(_hand.Orders);

        Tell(new StoreReport(false, 0, ""));
        _hand.Quiet().Open();
        Assert.Single(_hand.Orders);

        Tell(new StoreReport(true, 1, "It is gone."));
        _hand.FillAll(1).FillAll(2).FillAll(3);
        Assert.Equal((PlanOutcome.Completed, HandFed.Profit), (_hand.Only<PlanClosed>().Outcome, _hand.Only<PlanClosed>().Realised));
    }

    private void Tell(StoreReport report) => _hand.Input(StoreReport.RecordKind, report.Write(new PayloadWriter()));
}
