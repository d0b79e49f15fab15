using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
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

    /// <summary>The policy that was estimated for it; null when none was.</summary>
    public string? Policy { get; set; }

    public List<LegLeft> Legs { get; } = [];

    public PlanAccount Account { get; } = new();

    /// <summary>Before its first intent a plan has done nothing, and holds nothing, that anyone could have to finish.</summary>
    public bool HasSent { get; private set; }

    public bool IsUnwinding { get; private set; }

    /// <summary>It takes home what another plan left behind.</summary>
    public void Take(Opening.Residual residual)
    {
        HasSent = true;
        Account.Add([new PostingLine(Ledger.Account.Holdings, residual.Holding.Asset, residual.Holding.Venue, residual.Amount)]);
    }

    public void Sent(in OrderIntent intent)
    {
        HasSent = true;
        IsUnwinding |= intent.Purpose == OrderPurpose.Unwind;
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
            changes);
    }
}

/// <summary>An order as its records tell it.</summary>
internal sealed class FoldedOrder
{
    private readonly List<TradeLeft> _trades = [];
    private readonly InstrumentId _instrument;
    private readonly Side _side;
    private readonly decimal _quantity;
    private readonly decimal _limit;
    private readonly Dictionary<ulong, decimal> _told = [];
    private decimal _filled;

    public FoldedOrder(in OrderIntent intent, Instrument instrument)
    {
        (Id, Plan, Node, Purpose, _side, _instrument) = (intent.Id, intent.Plan, intent.Leg, intent.Purpose, intent.Side, instrument.Id);
        (_quantity, _limit) = (instrument.Quantity(intent.QuantityLots), instrument.Price(intent.LimitTicks));
    }

    /// <param name="time">When the session took it over: until it has surveyed, the venue may tell of its trades again.</param>
    public FoldedOrder(Opening.Order left, int plan, long time)
    {
        (Id, Plan, Node, Purpose, _side, _instrument) = (left.Id, plan, left.Node, left.Purpose, left.Side, left.Instrument);
        (_quantity, _limit, HasEnded) = (left.Quantity, left.Limit, left.HasEnded);
        _trades.AddRange(left.Trades);
        _filled = _trades.Sum(trade => trade.Quantity);
        LastTime = time;
    }

    public ClientOrderId Id { get; }

    public int Plan { get; }

    public byte Node { get; }

    public OrderPurpose Purpose { get; }

    public bool HasEnded { get; private set; }

    public bool IsFilled => _filled >= _quantity;

    /// <summary>When something became of it last; zero before the first time.</summary>
    public long LastTime { get; private set; }

    /// <summary>A trade was told; it counts once it is posted, because a crash may come between the two.</summary>
    public void Tell(ulong trade, decimal quantity) => _told[trade] = quantity;

    /// <summary>A trade that was told is booked.</summary>
    /// <returns>Whether this ended the order.</returns>
    public bool Book(ulong trade, long time)
    {
        if (!_told.Remove(trade, out var quantity))
        {
            return false;
        }

        _trades.Add(new TradeLeft(trade, quantity));
        _filled += quantity;
        LastTime = time;
        return IsFilled && End(time);
    }

    /// <returns>False when it had ended before.</returns>
    public bool End(long time)
    {
        LastTime = time;
        var endsNow = !HasEnded;
        HasEnded = true;
        return endsNow;
    }

    public Opening.Order Left(bool hasPlan) =>
        new(Id, hasPlan ? Plan : 0, Node, Purpose, _instrument, _side, _quantity, _limit, HasEnded, [.. _trades]);
}
