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
        Earn(at.Session, at.Time, plan.StartAsset, closed.Realised);
    }

    /// <summary>Its venue changed a trade of it after it had ended, in its own session or in a later one: the row and every sum tell the result that holds now.</summary>
    public void Take(in RecordPlace at, in PlanRestated restated)
    {
        if (tables.Plans.Find((restated.Session, restated.Plan)) is not { ClosedTime: { } closed, Outcome: { } outcome, Realised: { } before } plan)
        {
            return;
        }

        tables.Plans.Put((plan.Session, plan.Plan), plan with { Realised = restated.After, Slippage = restated.After - plan.ExpectedProfit });
        tallies.Restated(closed, plan.StartAsset, outcome, before, restated.After);
        Earn(plan.Session, at.Time, plan.StartAsset, restated.After - before);
    }

    /// <summary>A later session goes on with it, under a number and a row of its own.</summary>
    public void Take(in RecordPlace at, in PlanResumed resumed)
    {
        if (tables.Plans.Find((resumed.FromSession, resumed.FromPlan)) is { } plan)
        {
            tables.Plans.Put((resumed.FromSession, resumed.FromPlan), plan with { ClosedTime = at.Time, Outcome = "resumed" });
        }
    }

    private void Earn(int session, long time, string asset, decimal realised)
    {
        var sum = ExactAmount.Add(tables.Profits.Find((session, asset))?.Realised ?? "0", realised);
        var minute = Tallies.MinuteOf(time);
        tables.Profits.Put((session, asset), new ProfitEntry(session, asset, sum));
        tables.ProfitSnapshots.Put((session, minute, asset), new ProfitSnapshotEntry(session, minute, asset, sum));
    }
}
