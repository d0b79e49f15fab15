using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution;

/// <summary>A plan while it runs: where its money is, what it has tried, which orders are out.</summary>
/// <remarks>Amounts are read from the postings of its own fills, never from what was asked for.</remarks>
/// <param name="terms">Those it was opened with: settings that change later are not its own.</param>
internal sealed class Plan(int number, CyclePlan planned, long openedTime, ExecutionSettings terms)
{
    private readonly int[] _misses = new int[planned.Nodes.Length];
    private readonly OrderPurpose?[] _filled = new OrderPurpose?[planned.Nodes.Length];
    // Made when they are needed: most plans take all of their money on, the way that was planned.
    private Rest?[]? _rests;
    private decimal?[]? _detours;
    private readonly List<OrderLife> _lives = [];
    private readonly List<PlanOrder> _out = [];
    private long? _waitsSince;

    public int Number { get; } = number;

    public CyclePlan Planned { get; } = planned;

    public long OpenedTime { get; } = openedTime;

    public ExecutionSettings Terms { get; } = terms;

    public PlanAccount Account { get; } = new();

    /// <summary>The orders that are out, oldest first.</summary>
    public IReadOnlyList<PlanOrder> Out => _out;

    /// <summary>Orders sent so far in this session; the number of the next attempt.</summary>
    public int Attempts { get; set; }

    /// <summary>Part of the money took another way home than planned.</summary>
    public bool IsUnwinding { get; set; }

    /// <summary>What it leaves behind goes home another way, in a plan that belongs to this one.</summary>
    public bool TakesDetour => _detours is not null;

    /// <summary>How its legs are sent.</summary>
    public ExecutionPolicy Policy { get; init; }

    /// <summary>An earlier session opened it. What it may spend can then be told only as far as the balances of this one reach.</summary>
    public bool IsInherited { get; private set; }

    /// <summary>What was expected of the policy; null where nothing was estimated.</summary>
    public PolicyEstimate? Estimate { get; init; }

    /// <summary>The leg of a hybrid plan that goes first.</summary>
    public int Thinnest { get; set; }

    /// <summary>The legs of a hybrid plan that follow the first have been sent.</summary>
    public bool HasRestSent { get; set; }

    /// <summary>The residual this plan takes home; null for every other plan.</summary>
    public Opening.Residual? Residual { get; init; }

    /// <summary>The plan whose result this one's is part of; null where it is its own.</summary>
    public PlanName? First => Residual?.First;

    public Asset StartAsset => Planned.Nodes[0];

    public ReservationId Reservation => new((ulong)Number);

    /// <summary>Change of the start asset so far; negative while the plan is out.</summary>
    public decimal StartNet => Account.Net(StartAsset);

    /// <summary>Whether it has moved anything; what was taken back whole has not.</summary>
    public bool HasTraded => Account.Changes.ToArray().Any(change => !change.Net.IsZero);

    /// <summary>What the plan holds of the asset that <paramref name="node"/> legs have led to.</summary>
    public decimal Held(int node) => Account.Net(Planned.Nodes[node]);

    /// <summary>Orders spending this node's money that did not fill.</summary>
    public int Misses(int node) => _misses[node];

    /// <summary>What the last order that spent this node's money was for, when it filled whole: what is left then is its rounding.</summary>
    public OrderPurpose? Filled(int node) => _filled[node];

    /// <summary>Legs whose order filled whole.</summary>
    public int LegsDone => _filled.Count(purpose => purpose is OrderPurpose.Leg or OrderPurpose.Requote);

    /// <summary>What the first order of a hybrid plan filled.</summary>
    public long FirstFilledLots => _lives.Count > 0 ? _lives[0].FilledLots : FirstFilledBefore;

    /// <summary>As <see cref="FirstFilledLots"/>, where an earlier session sent that order so long ago that it is not told of any more.</summary>
    public long FirstFilledBefore { get; set; }

    /// <summary>Whether an order that spends this node's money is out.</summary>
    public bool IsSpending(int node) => _out.Exists(order => order.Node == node);

    public PlanOrder? OrderOut(ClientOrderId id) => _out.Find(order => order.Id == id);

    /// <summary>Takes up where an earlier session left off.</summary>
    public void Restore(Opening.RunningPlan left)
    {
        (IsInherited, IsUnwinding) = (true, left.IsUnwinding);
        for (var node = 0; node < left.Nodes.Count; node++)
        {
            (_misses[node], _filled[node]) = (left.Nodes[node].Misses, left.Nodes[node].Filled);
        }

        foreach (var change in left.Changes)
        {
            Account.Add([new PostingLine(Ledger.Account.Holdings, change.Holding.Asset, change.Holding.Venue, change.Amount)]);
        }
    }

    /// <summary>Takes up what it takes home.</summary>
    public void TakeResidual(Opening.Residual residual) =>
        Account.Add([new PostingLine(Ledger.Account.Holdings, residual.Holding.Asset, residual.Holding.Venue, residual.Amount)]);

    /// <summary>Leaves what the node holds for another way home.</summary>
    /// <param name="worth">What that brings, start asset.</param>
    public void TakeDetour(int node, decimal worth) => (_detours ??= new decimal?[Planned.Nodes.Length])[node] = worth;

    public bool TakesDetourFor(Asset asset) => Array.IndexOf(Planned.Nodes, asset) is >= 0 and var node && DetourWorth(node) is not null;

    /// <summary>What another way home brings for what the node holds; null when it takes none.</summary>
    public decimal? DetourWorth(int node) => _detours?[node];

    /// <summary>The venue took a trade back: what it spent is at its node again, and what becomes of that is decided as after a miss.</summary>
    public void TakeBack(BookedTrade trade)
    {
        if (Array.IndexOf(Planned.Nodes, trade.Spent.Asset) is >= 0 and var node)
        {
            (_filled[node], _misses[node]) = (null, _misses[node] + 1);
            _rests?[node] = null;
        }
    }

    /// <summary>Takes over an order that has ended, so that a trade told once more is known.</summary>
    public void Remember(OrderLife life) => _lives.Add(life);

    public void Began(PlanOrder order)
    {
        _out.Add(order);
        _lives.Add(order.Life);
    }

    /// <summary>The order has ended; its life is kept, because a fill may still prove otherwise.</summary>
    public void Ended(PlanOrder order)
    {
        var isFilled = order.Life.State == OrderState.Filled;
        _filled[order.Node] = isFilled ? order.Purpose : null;
        _misses[order.Node] += isFilled ? 0 : 1;
        RefusalsInRow = order.Life.State == OrderState.Rejected ? RefusalsInRow + 1 : 0;
        _out.Remove(order);
    }

    /// <summary>Orders that the venue refused one after the other, until now.</summary>
    public int RefusalsInRow { get; private set; }

    /// <summary>Whether money that no book takes may wait a little longer; the time runs from the first such look since the last fill.</summary>
    public bool IsPatient(long now, long nanosMax) => now - (_waitsSince ??= now) < nanosMax;

    public void EndWait() => _waitsSince = null;

    public OrderLife? LifeOf(ClientOrderId id) => _lives.Find(life => life.Id == id);

    /// <summary>Leaves what the node holds now where it is. Money that comes to the node later is looked at anew.</summary>
    public void Leave(int node, bool isDust) => (_rests ??= new Rest?[Planned.Nodes.Length])[node] = new Rest(Held(node), isDust);

    /// <summary>Whether everything the node holds has been left there knowingly.</summary>
    public bool IsLeft(int node) => _rests?[node] is { } rest && rest.Amount == Held(node);

    /// <summary>Whether what the node holds was left as rounding, or because no venue rule lets us trade it.</summary>
    public bool IsDust(int node) => IsLeft(node) && _rests![node]!.Value.IsDust;

    private readonly record struct Rest(decimal Amount, bool IsDust);
}

/// <summary>An order a plan has out.</summary>
/// <param name="Node">The node whose money it spends.</param>
internal sealed record PlanOrder(
    ClientOrderId Id, int Node, OrderPurpose Purpose, ushort Instrument, Side Side, long LimitTicks, OrderLife Life)
{
    private NegativeAnswers? _notFound;

    /// <summary>Whether a price is worse than the order allows.</summary>
    public bool IsBeyondLimit(long priceTicks) => Side == Side.Buy ? priceTicks > LimitTicks : priceTicks < LimitTicks;

    public int Queries { get; set; }

    /// <summary>What the engine waits for: an answer, or the moment to ask.</summary>
    public Deadline? Due { get; set; }

    /// <summary>A query is due at a deadline that was set and has not come.</summary>
    public bool HasQueryDue { get; set; }

    /// <summary>How often, and how long, the venue has said that it does not know the order.</summary>
    public NegativeAnswers NotFound => _notFound ??= new NegativeAnswers();
}
