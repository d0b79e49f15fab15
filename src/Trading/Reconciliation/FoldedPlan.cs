using Parallax.Trading.Decisions;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Reconciliation;

/// <summary>A plan as its records tell it, while it has not ended.</summary>
internal sealed class FoldedPlan
{
    private readonly PlanOpened _opened;
    private readonly long _openedTime;
    private readonly Dictionary<int, NodeLeft> _nodes = [];

    public FoldedPlan(PlanOpened opened, long openedTime) => (_opened, _openedTime) = (opened, openedTime);

    public FoldedPlan(Opening.RunningPlan left)
    {
        var planned = left.Planned;
        _opened = new PlanOpened(
            left.Number, planned.Opportunity, planned.Cycle, planned.Legs[0].Spent,
            planned.Input, planned.GrossProfit, planned.Fees, planned.Rounding, planned.ExpectedProfit);
        _openedTime = left.OpenedTime;
        IsUnwinding = left.IsUnwinding;
        HasSent = true;
        Policy = left.Policy;
        TakesHome = left.TakesHome;
        Legs.AddRange(planned.Legs);
        for (var node = 0; node < left.Nodes.Count; node++)
        {
            _nodes[node] = left.Nodes[node];
        }

        foreach (var change in left.Changes)
        {
            Account.Add([new PostingLine(Ledger.Account.Holdings, change.Holding.Asset, change.Holding.Venue, change.Amount)]);
        }
    }

    public string Cycle => _opened.Cycle;

    public decimal Input => _opened.Input;

    /// <summary>How its legs are sent; null where nothing was estimated.</summary>
    public PolicyLeft? Policy { get; private set; }

    public List<LegLeft> Legs { get; } = [];

    public PlanAccount Account { get; } = new();

    /// <summary>Before its first intent a plan has done nothing, and holds nothing, that anyone could have to finish.</summary>
    public bool HasSent { get; private set; }

    public bool IsUnwinding { get; private set; }

    /// <remarks>A session that takes it over says so once more: what was sent by then stays known.</remarks>
    public void Choose(in PolicyChosen chosen)
    {
        var estimate = new PolicyEstimate(RouteEstimates.PolicyOf(chosen.Policy), chosen.EdgeBps, chosen.FillBps / 10_000m, chosen.FailureCostBps);
        Policy ??= new PolicyLeft(estimate, chosen.LegInputs.ToArray(), 0, 0m, 0);
    }

    /// <summary>The residual it takes home; null for every other plan.</summary>
    public Opening.Residual? TakesHome { get; private set; }

    public void Take(Opening.Residual residual)
    {
        (HasSent, TakesHome) = (true, residual);
        Account.Add([new PostingLine(Ledger.Account.Holdings, residual.Holding.Asset, residual.Holding.Venue, residual.Amount)]);
    }

    public void Sent(in OrderIntent intent)
    {
        HasSent = true;
        IsUnwinding |= intent.Purpose == OrderPurpose.Unwind;
        Policy = Policy is { OrdersSent: 0 } untouched ? untouched with { FirstLeg = intent.Leg, OrdersSent = 1 }
            : Policy is { } policy ? policy with { OrdersSent = policy.OrdersSent + 1 } : null;
    }

    /// <summary>A trade of one of its orders is booked.</summary>
    /// <param name="quantity">Base.</param>
    public void Filled(decimal quantity)
    {
        if (Policy is { OrdersSent: 1 } policy)
        {
            Policy = policy with { FirstFilled = policy.FirstFilled + quantity };
        }
    }

    /// <summary>A trade of it was taken back: as after a miss.</summary>
    public void TakeBack(BookedTrade trade)
    {
        if (Legs.FindIndex(leg => leg.Spent == trade.Spent.Asset) is >= 0 and var node)
        {
            _nodes[node] = new NodeLeft(_nodes.GetValueOrDefault(node).Misses + 1, null);
        }
    }

    public void Ended(FoldedOrder order)
    {
        var before = _nodes.GetValueOrDefault(order.Node);
        _nodes[order.Node] = order.IsFilled ? before with { Filled = order.Purpose } : new NodeLeft(before.Misses + 1, null);
    }

    public Opening.RunningPlan Left(int session, int number)
    {
        var changes = new List<HoldingChange>();
        foreach (ref readonly var change in Account.Changes)
        {
            changes.Add(new HoldingChange(change.Holding, change.Net.Value));
        }

        return new Opening.RunningPlan(
            session,
            number,
            new PlanLeft(
                _opened.Opportunity, _opened.Cycle, [.. Legs],
                _opened.Input, _opened.GrossProfit, _opened.Fees, _opened.Rounding, _opened.ExpectedProfit),
            _openedTime,
            IsUnwinding,
            [.. Enumerable.Range(0, Legs.Count).Select(node => _nodes.GetValueOrDefault(node))],
            changes,
            Policy,
            TakesHome);
    }
}
