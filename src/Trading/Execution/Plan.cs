using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Execution;

/// <summary>One order of a plan as it was sized.</summary>
/// <param name="LimitTicks">Worst level the sized quantity touches.</param>
public readonly record struct PlannedLeg(ushort Instrument, Side Side, long QuantityLots, long LimitTicks);

/// <summary>A cycle that was sized and approved, ready to execute.</summary>
/// <param name="Nodes">The assets along the cycle, the start asset first; one a leg.</param>
/// <param name="Input">Start asset the first leg spends at the most, fees included.</param>
public sealed record CyclePlan(
    long Opportunity,
    string Cycle,
    VenueId Venue,
    Asset[] Nodes,
    PlannedLeg[] Legs,
    decimal Input,
    decimal GrossProfit,
    decimal Fees,
    decimal Rounding,
    decimal ExpectedProfit);

/// <summary>A plan that has not ended, for those who look on.</summary>
/// <param name="OpenedTime">UTC nanoseconds.</param>
/// <param name="LegsDone">Legs whose order filled whole.</param>
public readonly record struct OpenPlan(int Number, CyclePlan Planned, long OpenedTime, int LegsDone);

/// <summary>A plan while it runs: where its money is, what it has tried, which order is out.</summary>
/// <remarks>Sequential: at most one order at a time. Amounts are read from the postings of its own fills, never from what was asked for.</remarks>
internal sealed class Plan(int number, CyclePlan planned, long openedTime)
{
    private readonly int[] _misses = new int[planned.Nodes.Length];
    private readonly OrderPurpose?[] _filled = new OrderPurpose?[planned.Nodes.Length];
    private readonly Rest?[] _rests = new Rest?[planned.Nodes.Length];

    public int Number { get; } = number;

    public CyclePlan Planned { get; } = planned;

    public long OpenedTime { get; } = openedTime;

    public PlanAccount Account { get; } = new();

    private readonly List<OrderLife> _lives = [];
    private long? _waitsSince;

    /// <summary>The order that is out; at most one at a time.</summary>
    public PlanOrder? Order { get; private set; }

    /// <summary>Orders sent so far; the number of the next attempt.</summary>
    public int Attempts { get; set; }

    /// <summary>Part of the money took another way home than planned.</summary>
    public bool IsUnwinding { get; set; }

    public Asset StartAsset => Planned.Nodes[0];

    public ReservationId Reservation => new((ulong)Number);

    /// <summary>Change of the start asset so far; negative while the plan is out.</summary>
    public decimal StartNet => Account.Net(StartAsset);

    public bool HasTraded => Account.Changes.Length > 0;

    /// <summary>What the plan holds of the asset that <paramref name="node"/> legs have led to.</summary>
    public decimal Held(int node) => Account.Net(Planned.Nodes[node]);

    /// <summary>Orders spending this node's money that did not fill.</summary>
    public int Misses(int node) => _misses[node];

    /// <summary>What the last order that spent this node's money was for, when it filled whole: what is left then is its rounding.</summary>
    public OrderPurpose? Filled(int node) => _filled[node];

    /// <summary>Legs whose order filled whole.</summary>
    public int LegsDone => _filled.Count(purpose => purpose is OrderPurpose.Leg or OrderPurpose.Requote);

    public void Began(PlanOrder order)
    {
        Order = order;
        _lives.Add(order.Life);
    }

    /// <summary>The order has ended; its life is kept, because a fill may still prove otherwise.</summary>
    public void Ended(PlanOrder order)
    {
        var isFilled = order.Life.State == OrderState.Filled;
        _filled[order.Node] = isFilled ? order.Purpose : null;
        _misses[order.Node] += isFilled ? 0 : 1;
        Order = null;
    }

    /// <summary>Whether money that no book takes may wait a little longer; the time runs from the first such look since the last fill.</summary>
    public bool IsPatient(long now, long nanosMax) => now - (_waitsSince ??= now) < nanosMax;

    public void EndWait() => _waitsSince = null;

    public OrderLife? LifeOf(ClientOrderId id) => _lives.Find(life => life.Id == id);

    /// <summary>Leaves what the node holds now where it is. Money that comes to the node later is looked at anew.</summary>
    public void Leave(int node, bool isDust) => _rests[node] = new Rest(Held(node), isDust);

    /// <summary>Whether everything the node holds has been left there knowingly.</summary>
    public bool IsLeft(int node) => _rests[node] is { } rest && rest.Amount == Held(node);

    /// <summary>Whether what the node holds was left as rounding, or because no venue rule lets us trade it.</summary>
    public bool IsDust(int node) => IsLeft(node) && _rests[node]!.Value.IsDust;

    private readonly record struct Rest(decimal Amount, bool IsDust);
}

/// <summary>The order a plan has out.</summary>
/// <param name="Node">The node whose money it spends.</param>
internal sealed record PlanOrder(
    ClientOrderId Id, int Node, OrderPurpose Purpose, ushort Instrument, Side Side, long LimitTicks, OrderLife Life)
{
    /// <summary>Whether a price is worse than the order allows.</summary>
    public bool IsBeyondLimit(long priceTicks) => Side == Side.Buy ? priceTicks > LimitTicks : priceTicks < LimitTicks;

    public int Queries { get; set; }

    /// <summary>A query is due at a deadline that was set and has not come.</summary>
    public bool HasQueryDue { get; set; }

    /// <summary>How often the venue said that it does not know the order.</summary>
    public int NotFound { get; set; }
}
