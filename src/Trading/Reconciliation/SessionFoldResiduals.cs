using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Reconciliation;

/// <content>What plans leave behind. It is listed with the record that left it: a crash may come before the one that declares it.</content>
internal sealed partial class SessionFold
{
    /// <summary>Plans that are over: a fill may be told of them yet.</summary>
    private readonly Dictionary<int, (PlanName First, Asset StartAsset)> _closed = [];

    /// <summary>What it leaves is a residual at once: a crash may come before the record that declares it, under the number it has here.</summary>
    private void Take(in PlanClosed closed, long time)
    {
        if (!_plans.Remove(closed.Plan, out var plan) || plan.Legs.Count == 0)
        {
            return;
        }

        if (plan.Policy is { } policy)
        {
            var name = RouteEstimates.NameOf(plan.Cycle, policy.Estimate.Policy);
            _routes[name] = RouteEstimates.After(
                _routes.GetValueOrDefault(name) ?? new Opening.Route(name, 0, 0, 0m), closed.Outcome, closed.AtMark(), plan.Input);
        }

        _trades.End(new Opening.EndedPlan(session, closed.Plan, plan.Legs[0].Spent, closed.Realised));
        var (number, venue) = (_declared, plan.Legs[0].Instrument.Venue);
        var first = plan.TakesHome?.First ?? new PlanName(session, closed.Plan);
        _closed[closed.Plan] = (first, plan.Legs[0].Spent);
        var remainders = closed.Remainders.Span;
        var costs = ResidualCosts.Of((plan.TakesHome?.Cost ?? 0m) - closed.Realised, remainders);
        for (var i = 0; i < remainders.Length; i++)
        {
            if (!remainders[i].IsDust)
            {
                _residuals[++number] = new Opening.Residual(
                    number, new Holding(remainders[i].Asset, venue), remainders[i].Amount, plan.Legs[0].Spent, costs[i], remainders[i].MarkInStart,
                    first.Session, first.Number, time);
            }
        }
    }

    /// <summary>As with the end of a plan: what a reversal leaves is listed at once, under the number it is about to be declared with.</summary>
    private void Leave(in Posted reversal, BookedTrade trade, long time)
    {
        if (_trades.PlanOf(trade) is { } ended)
        {
            var number = _declared;
            foreach (var (holding, amount) in BookedTrades.LeftBehind(reversal, ended.StartAsset))
            {
                _residuals[++number] = new Opening.Residual(number, holding, amount, ended.StartAsset, 0m, null, ended.Session, ended.Number, time);
            }
        }
    }

    /// <summary>The same for a fill that was told after its plan had ended; what it took of the start asset is what that has cost.</summary>
    private void Leave(in Posted late, (PlanName First, Asset StartAsset) plan, long time)
    {
        var number = _declared;
        var account = new PlanAccount();
        account.Add(late.Lines.Span);
        var left = BookedTrades.LeftBehind(late, plan.StartAsset).ToArray();
        var costs = ResidualCosts.Of(-account.Net(plan.StartAsset), [.. left.Select(one => new Remainder(one.Holding.Asset, one.Amount, null, IsDust: false))]);
        for (var i = 0; i < left.Length; i++)
        {
            _residuals[++number] = new Opening.Residual(
                number, left[i].Holding, left[i].Amount, plan.StartAsset, costs[i], null, plan.First.Session, plan.First.Number, time);
        }
    }
}
