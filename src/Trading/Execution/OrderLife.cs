namespace Parallax.Trading.Execution;

/// <summary>One order from intent to end: a function of what was sent and what the venue told, in whatever order and however often.</summary>
/// <remarks>
/// Rules: a fill is a fact and is counted once per trade id, whatever the state; without proof nothing is assumed; an order whose outcome
/// is unknown is asked for, never sent again, until the venue says that it does not know it. Engine thread only. Reusable: allocates
/// while an order has more trades than any before it.
/// </remarks>
public sealed class OrderLife
{
    private ulong[] _tradeIds = [];
    private int _trades;

    public OrderLife()
    {
    }

    public OrderLife(ClientOrderId id, long orderedLots) => Begin(id, orderedLots);

    public ClientOrderId Id { get; private set; }

    public OrderState State { get; private set; }

    public long OrderedLots { get; private set; }

    /// <summary>Every distinct fill; above <see cref="OrderedLots"/> when the venue filled too much.</summary>
    public long FilledLots { get; private set; }

    /// <summary>How often it was sent, always under the same id.</summary>
    public int Sends { get; private set; }

    public bool IsOverFilled => FilledLots > OrderedLots;

    /// <summary>Nothing more is expected of it; a fill may still prove otherwise.</summary>
    public bool IsFinal => State.IsFinal();

    /// <summary>What may yet fill: the whole rest while the outcome is open or unknown, nothing once it is final.</summary>
    public long ExposedLots => State.IsExposed() ? Math.Max(0, OrderedLots - FilledLots) : 0;

    /// <summary>Begins another order in this object.</summary>
    public void Begin(ClientOrderId id, long orderedLots)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(orderedLots);
        Id = id;
        State = OrderState.New;
        OrderedLots = orderedLots;
        FilledLots = 0;
        Sends = 0;
        _trades = 0;
    }

    /// <summary>An order of an earlier session: it was meant to be sent, so it may have been, and its outcome is unknown unless it has ended.</summary>
    public static OrderLife Recovered(ClientOrderId id, long orderedLots, IEnumerable<(ulong TradeId, long Lots)> trades, bool hasEnded)
    {
        var life = new OrderLife(id, orderedLots) { Sends = 1, State = OrderState.Unknown };
        foreach (var (trade, lots) in trades)
        {
            life.Fill(trade, lots);
        }

        life.State = life.IsFinal ? life.State : hasEnded ? OrderState.Canceled : OrderState.Unknown;
        return life;
    }

    /// <summary>Notes that the order is about to be sent.</summary>
    /// <returns><see cref="OrderStep.Ok"/> when it may be; else <see cref="OrderStep.Ignored"/>, and nothing must be sent.</returns>
    public OrderStep Submit()
    {
        if (State != OrderState.New)
        {
            return OrderStep.Ignored;
        }

        Sends++;
        return To(OrderState.Sent);
    }

    /// <summary>Takes what a venue told about this order.</summary>
    /// <exception cref="ArgumentException">The event is about another order.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A fill without a quantity, or an event of no known type.</exception>
    public OrderStep Apply(in OrderEvent told)
    {
        if (told.Id != Id)
        {
            throw new ArgumentException($"Event of order {told.Id} given to order {Id}.");
        }

        return told.Type switch
        {
            OrderEventType.Accepted => Accept(),
            OrderEventType.Rejected => Reject(),
            OrderEventType.Filled => Fill(told.TradeId, told.Fill.QuantityLots),
            OrderEventType.Canceled => Cancel(),
            OrderEventType.OutcomeUnknown => TimeOut(),
            OrderEventType.NotFound => LoseTrack(),
            OrderEventType.NotSent => HoldBack(),
            _ => throw new ArgumentOutOfRangeException(nameof(told), told.Type, "No such order event."),
        };
    }

    // An acknowledgement that comes after "not found" proves that the order arrived after all.
    private OrderStep Accept() => State switch
    {
        OrderState.Sent or OrderState.Unknown => To(OrderState.Acked),
        OrderState.New when Sends > 0 => To(OrderState.Acked),
        _ => OrderStep.Ignored,
    };

    private OrderStep Reject() => State switch
    {
        OrderState.Sent or OrderState.Acked or OrderState.Unknown => To(OrderState.Rejected),
        _ => OrderStep.Ignored,
    };

    private OrderStep Cancel() => State switch
    {
        OrderState.Sent or OrderState.Acked or OrderState.Partial or OrderState.Unknown => To(OrderState.Canceled),
        OrderState.New when Sends > 0 => To(OrderState.Canceled),
        _ => OrderStep.Ignored,
    };

    private OrderStep TimeOut() => State == OrderState.Sent ? To(OrderState.Unknown) : OrderStep.Ignored;

    private OrderStep LoseTrack()
    {
        if (State != OrderState.Unknown)
        {
            return OrderStep.Ignored;
        }

        State = OrderState.New;
        return OrderStep.MayResend;
    }

    // Whoever sends says so, so there is nothing to be proved; whatever a venue told already says otherwise.
    private OrderStep HoldBack()
    {
        if (State is not (OrderState.Sent or OrderState.Unknown))
        {
            return OrderStep.Ignored;
        }

        State = OrderState.New;
        return OrderStep.MayResend;
    }

    private OrderStep Fill(ulong tradeId, long lots)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lots);
        if (_tradeIds.AsSpan(0, _trades).Contains(tradeId))
        {
            return OrderStep.Duplicate;
        }

        if (_trades == _tradeIds.Length)
        {
            Array.Resize(ref _tradeIds, Math.Max(8, 2 * _trades));
        }

        FilledLots = checked(FilledLots + lots);
        _tradeIds[_trades++] = tradeId;
        var wasFinal = IsFinal;
        if (!wasFinal)
        {
            State = FilledLots < OrderedLots ? OrderState.Partial : OrderState.Filled;
        }

        if (IsOverFilled)
        {
            return OrderStep.OverFill;
        }

        return wasFinal ? OrderStep.LateFill : OrderStep.Ok;
    }

    private OrderStep To(OrderState state)
    {
        State = state;
        return OrderStep.Ok;
    }
}
