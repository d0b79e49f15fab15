using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Reconciliation;

/// <summary>An order as its records tell it.</summary>
internal sealed class FoldedOrder
{
    private readonly List<TradeLeft> _trades = [];
    private readonly InstrumentId _instrument;
    private readonly Side _side;
    private readonly decimal _quantity;
    private readonly decimal _limit;
    private readonly Dictionary<ulong, decimal> _told = [];

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
        Filled = _trades.Sum(trade => trade.Quantity);
        LastTime = time;
    }

    public ClientOrderId Id { get; }

    public int Plan { get; }

    public byte Node { get; }

    public OrderPurpose Purpose { get; }

    public bool HasEnded { get; private set; }

    /// <summary>What is booked of it, base.</summary>
    public decimal Filled { get; private set; }

    public bool IsFilled => Filled >= _quantity;

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
        Filled += quantity;
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
