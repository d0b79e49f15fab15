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
                opened.GrossProfit, opened.Fees, opened.Rounding, opened.ExpectedProfit, at.Time, null, null, null, null, opened.First?.Session, opened.First?.Number));
        if (opened.First is null)
        {
            tallies.Planned(at.Time);
            opportunities.BecamePlan(at, opened);
        }
    }

    public void Take(in RecordPlace at, in PlanClosed closed)
    {
        if (tables.Plans.Find((at.Session, closed.Plan)) is not { } plan)
        {
            return;
        }

        plan = plan with { ClosedTime = at.Time, Outcome = TextOf(closed.Outcome), Realised = closed.Result, Slippage = closed.Slippage + closed.Carried };
        Put(plan);
        if (plan.FirstPlan is null)
        {
            tallies.Closed(plan);
            Earn(plan.Session, at.Time, plan.StartAsset, closed.Result);
        }
        else
        {
            Restate(FirstOf(plan), at, closed.Result, null);
        }
    }

    /// <summary>Its venue changed a trade of it after it had ended, in its own session or in a later one: the row and every sum tell the result that holds now.</summary>
    public void Take(in RecordPlace at, in PlanRestated restated)
    {
        if (tables.Plans.Find((restated.Session, restated.Plan)) is not { } plan)
        {
            return;
        }

        var change = restated.After - restated.Before;
        if (plan is { FirstPlan: not null, Realised: { } realised })
        {
            Put(plan with { Realised = realised + change, Slippage = realised + change - plan.ExpectedProfit });
        }

        Restate(FirstOf(plan), at, change, null);
    }

    /// <summary>What it had left came to something: the row tells what it and all that belong to it came to, and ends where the last of them did.</summary>
    public void Take(in RecordPlace at, in PlanSettled settled)
    {
        if (tables.Plans.Find((settled.Session, settled.Plan)) is { } plan)
        {
            Restate(FirstOf(plan), at, settled.Change, settled);
        }
    }

    private void Restate(PlanEntry? first, in RecordPlace at, decimal change, PlanSettled? settled)
    {
        if (first is not { ClosedTime: { } closed, Outcome: { } outcome, Realised: { } before })
        {
            return;
        }

        var after = first with
        {
            ClosedTime = settled is { Open: 0 } ? at.Time : closed,
            Outcome = settled is { } end ? TextOf(end.Outcome) : outcome,
            Realised = before + change,
            Slippage = before + change - first.ExpectedProfit,
        };
        Put(after);
        tallies.Restated(first, after);
        Earn(first.Session, at.Time, first.StartAsset, change);
    }

    private PlanEntry? FirstOf(PlanEntry plan) => plan is { FirstSession: { } session, FirstPlan: { } number } ? tables.Plans.Find((session, number)) : plan;

    private void Put(PlanEntry plan) => tables.Plans.Put((plan.Session, plan.Plan), plan);

    private static string TextOf(PlanOutcome outcome) => outcome.ToString().ToLowerInvariant();

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
