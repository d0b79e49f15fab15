using Parallax.Storage.Tables;
using Parallax.Trading.Decisions;

namespace Parallax.Storage.Projection.Folds;

/// <summary>Plans and what they realised.</summary>
internal sealed class PlanFold(BatchTables tables, Tallies tallies, OpportunityFold opportunities)
{
    public void Take(in RecordPlace at, in PlanOpened opened)
    {
        tables.Plans.Put(
            (at.Session, opened.Plan),
            new PlanEntry(
                at.Session, opened.Plan, at.Sequence, opened.Opportunity, opened.Cycle, opened.StartAsset.Code, opened.Input,
                opened.GrossProfit, opened.Fees, opened.Rounding, opened.ExpectedProfit, at.Time, null, null, null, null));
        tallies.Planned(at.Time);
        opportunities.BecamePlan(at, opened);
    }

    public void Take(in RecordPlace at, in PlanClosed closed)
    {
        if (tables.Plans.Find((at.Session, closed.Plan)) is not { } plan)
        {
            return;
        }

        var outcome = closed.Outcome.ToString().ToLowerInvariant();
        tables.Plans.Put(
            (at.Session, closed.Plan),
            plan with { ClosedTime = at.Time, Outcome = outcome, Realised = closed.Realised, Slippage = closed.Slippage });
        tallies.Closed(at.Time, plan.StartAsset, outcome, closed.Realised, at.Time - plan.OpenedTime);
        Earn(at, plan.StartAsset, closed.Realised);
    }

    /// <summary>A later session goes on with it, under a number and a row of its own.</summary>
    public void Take(in RecordPlace at, in PlanResumed resumed)
    {
        if (tables.Plans.Find((resumed.FromSession, resumed.FromPlan)) is { } plan)
        {
            tables.Plans.Put((resumed.FromSession, resumed.FromPlan), plan with { ClosedTime = at.Time, Outcome = "resumed" });
        }
    }

    private void Earn(in RecordPlace at, string asset, decimal realised)
    {
        var sum = ExactAmount.Add(tables.Profits.Find((at.Session, asset))?.Realised ?? "0", realised);
        var minute = Tallies.MinuteOf(at.Time);
        tables.Profits.Put((at.Session, asset), new ProfitEntry(at.Session, asset, sum));
        tables.ProfitSnapshots.Put((at.Session, minute, asset), new ProfitSnapshotEntry(at.Session, minute, asset, sum));
    }
}
