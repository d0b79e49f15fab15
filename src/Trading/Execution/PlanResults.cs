using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Execution;

/// <summary>What plans come to, each with the plans that bring home what it left: one story, one result.</summary>
/// <remarks>
/// What is listed is an open position, no loss: its cost is carried until it is home, or kept. So what all plans have come to and what is carried are
/// together the change of the account, at every moment. Engine thread only.
/// </remarks>
internal sealed class PlanResults(DecisionWriter journal, Residuals residuals, IReadOnlyList<Plan> running, RiskBook risk, PlanTotals totals, int session)
{
    private readonly Dictionary<PlanName, SoFar> _open = [];

    /// <summary>A plan is over, and what it leaves is listed.</summary>
    public void End(Plan plan, in PlanClosed closed)
    {
        if (plan.First is { } first)
        {
            totals.Restate(plan.StartAsset, closed.Result);
            Look(first, plan.StartAsset, closed.Result, change: null, PlanOutcome.Unwound);
            return;
        }

        totals.Add(closed.Outcome, plan.StartAsset, closed.Result);
        var name = new PlanName(session, plan.Number);
        if (OpenOf(name) > 0)
        {
            _open[name] = new SoFar(closed.Result, IsCounted: true);
        }
    }

    /// <summary>A result changes by something else than by the plans that belong to it.</summary>
    /// <param name="change">Start asset.</param>
    /// <param name="outcome">How the plan ended if nothing is open any more.</param>
    public void Change(PlanName first, Asset startAsset, decimal change, PlanOutcome outcome)
    {
        totals.Restate(startAsset, change);
        Look(first, startAsset, change, change, outcome);
    }

    /// <summary>What is open is worth, less what it has cost, at the best prices of now; nothing is what has no price.</summary>
    /// <returns><see langword="null"/> while the asset it was begun with has no price.</returns>
    public decimal? UnrealisedIn(Asset reporting, Markets markets)
    {
        var sum = 0m;
        foreach (var residual in residuals.Open.Concat(running.Select(plan => plan.Residual).OfType<Opening.Residual>()).Where(residual => residual.Session == session))
        {
            if (!markets.TryPrice(residual.StartAsset, reporting, out var start))
            {
                return null;
            }

            sum += (markets.TryPrice(residual.Holding.Asset, reporting, out var price) ? residual.Amount * price : 0m) - (residual.Cost * start);
        }

        return sum;
    }

    /// <param name="part">What its result changes by.</param>
    /// <param name="change">The same where no end of a plan tells it; <see langword="null"/> where one does.</param>
    private void Look(PlanName first, Asset startAsset, decimal part, decimal? change, PlanOutcome outcome)
    {
        var open = OpenOf(first);
        var soFar = _open.GetValueOrDefault(first);
        soFar = soFar with { Result = soFar.Result + part };
        if (open > 0)
        {
            _open[first] = soFar;
            if (change is { } untold)
            {
                journal.Write(new PlanSettled(first.Session, first.Number, PlanOutcome.Residual, startAsset, untold, open));
            }

            return;
        }

        _open.Remove(first);
        journal.Write(new PlanSettled(first.Session, first.Number, outcome, startAsset, change ?? 0m, 0));
        if (soFar.IsCounted)
        {
            totals.Move(PlanOutcome.Residual, outcome);
        }

        risk.OnPlanSettled(startAsset, soFar.Result);
    }

    private int OpenOf(PlanName first) => residuals.Open.Count(residual => residual.First == first) + running.Count(plan => plan.First == first);

    /// <param name="Result">Since this session began.</param>
    /// <param name="IsCounted">Among the residuals of this session's totals.</param>
    private readonly record struct SoFar(decimal Result, bool IsCounted);
}
