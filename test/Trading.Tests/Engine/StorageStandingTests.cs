using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Tests.Engine;

/// <summary>What could not be kept is not begun.</summary>
public sealed class StorageStandingTests
{
    private readonly HandFed _hand = new();

    [Fact]
    public void C7_while_the_disk_is_full_no_plan_is_opened_and_one_that_runs_is_finished()
    {
        Tell(StorageReport.Of(isFull: true, 70_000, "data"));
        _hand.Open();
        var refused = _hand.Only<OpportunityRefused>();
        Assert.Equal(("storage-full", 70_000m), (refused.Reason, refused.Value));
        Assert.Empty(_hand.Orders);

        Tell(StorageReport.Of(isFull: false, 70_000_000, "data"));
        _hand.Quiet().Open();
        Assert.Single(_hand.Orders);

        Tell(StorageReport.Of(isFull: true, 0, "data"));
        _hand.FillAll(1).FillAll(2).FillAll(3);
        Assert.Equal((PlanOutcome.Completed, HandFed.Profit), (_hand.Only<PlanClosed>().Outcome, _hand.Only<PlanClosed>().Realised));
    }

    private void Tell(StorageReport report) => _hand.Input(report.Header(0).Kind, report.Write(new PayloadWriter()));
}
