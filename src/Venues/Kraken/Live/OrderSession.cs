using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Feed.Messages;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>The conversation about our orders: frames, REST answers and times in, order events out. No socket, no clock, no thread of its own.</summary>
/// <remarks>
/// <para>Every fact is told once: an acceptance, a fill (by the venue's trade id), an end. The end is told only when the fills add up to what
/// the venue says was filled; until then, and when nothing is heard in time, the outcome is unknown and the engine asks.</para>
/// <para>Replies and executions come in any order; both find the order by our id. Executions carry a sequence: a gap ends the connection,
/// which makes every open order unknown, and so asked for by REST.</para>
/// <para>Balances are beside all that: no order waits for them, and a gap in them asks for a snapshot, not for another connection.</para>
/// </remarks>
internal sealed class OrderSession(IReadOnlyList<Instrument> instruments, KrakenOrderOptions options, IRecordSink sink)
{
    private readonly Dictionary<ClientOrderId, OrderTicket> _orders = [];
    private readonly Dictionary<ulong, OrderTicket> _byRequest = [];
    private readonly Dictionary<string, OrderTicket> _byVenueId = new(StringComparer.Ordinal);
    private readonly List<OrderTicket> _open = [];
    private readonly Queue<OrderTicket> _finished = [];
    private readonly PayloadWriter _payload = new();
    private readonly Pulse _pulse = new(options.SilenceNanos, options.PingIntervalNanos);
    private long _ignored;
    private ulong _lastSequence;
    private ulong _subscription;
    private ulong? _balancesAskedFor;

    /// <summary>Why this connection is to be closed, one sentence; <see langword="null"/> while it is of use.</summary>
    public string? EndReason { get; private set; }

    /// <summary>Whether executions are subscribed to and the venue is online: only then may orders be sent.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Why no order may be sent until a person looked at it: a key that is wrong or without permission.</summary>
    public string? HaltReason { get; private set; }

    /// <summary>The venue's word for its state; <see cref="FeedWords"/> before it said one.</summary>
    public string State { get; private set; } = FeedWords.Connecting;

    /// <summary>The venue's own view of what can be spent.</summary>
    public AccountBalances Balances { get; } = new();

    /// <summary>Whether a message of the balances was missed and they have to be subscribed to anew.</summary>
    public bool AreBalancesLost => Balances.IsLost && _balancesAskedFor is null;

    public int OpenOrders => _open.Count;

    public long? ClockOffset => _pulse.ClockOffset;

    public long? RoundTrip => _pulse.RoundTrip;

    public long? LastFrameTime => _pulse.LastFrameTime;

    /// <summary>Frames received over all connections.</summary>
    public long Messages { get; private set; }

    /// <summary>Executions and balances that were told before, and executions of orders that are none of ours.</summary>
    public long Ignored => _ignored + Balances.Ignored;

    public long Rejected { get; private set; }

    /// <summary>Orders that are finished and whose late messages will not be recognized any more: to be used again.</summary>
    public Queue<OrderTicket> Forgotten { get; } = [];

    /// <param name="subscription">The request number of the subscription to executions that is sent first.</param>
    public void Begin(ulong subscription, long now)
    {
        EndReason = null;
        IsReady = false;
        State = FeedWords.Connected;
        _subscription = subscription;
        _lastSequence = 0;
        _pulse.Begin(now);
    }

    /// <summary>Balances are being subscribed to, for the first time on this connection or again.</summary>
    /// <param name="request">The number of the request that is sent.</param>
    public void BalancesAskedFor(ulong request)
    {
        _balancesAskedFor = request;
        Balances.Forget();
    }

    /// <summary>The connection is gone: orders that may have left are unknown, the others were never placed.</summary>
    public void End(long now)
    {
        IsReady = false;
        _balancesAskedFor = null;
        Balances.Forget();
        State = FeedWords.Offline;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            Settle(_open[i], "the connection ended before the order was sent", now);
        }
    }

    public bool IsPingDue(long now) => _pulse.IsPingDue(now);

    public void Pinged(ulong id, long now) => _pulse.Pinged(id, now);

    /// <summary>Follows an order from now on. To be called before its request can have left.</summary>
    public void Track(OrderTicket ticket, long now)
    {
        _orders[ticket.Request.Id] = ticket;
        _open.Add(ticket);
        if (ticket.Refusal is { } refusal)
        {
            Reject(ticket, refusal, now, now);
            return;
        }

        _byRequest[ticket.RequestId] = ticket;
        ticket.Progress.NewsBy = ticket.Deadline + options.AnswerNanos;
    }

    /// <summary>Looks at the time.</summary>
    public void Look(long now)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var ticket = _open[i];
            if (ticket.Stage == TicketStage.NotSent)
            {
                Reject(ticket, "the connection did not take the order", now, now);
            }
            else if (now > ticket.Progress.NewsBy)
            {
                Settle(ticket, "the order was not sent within its deadline", now);
            }
        }

        if (_pulse.IsSilent(now, isSubscribed: IsReady))
        {
            EndReason ??= "The venue fell silent.";
        }
    }

    /// <summary>Takes one whole text frame.</summary>
    public void OnFrame(ReadOnlySpan<byte> frame, long now)
    {
        Messages++;
        _pulse.Heard(now);
        switch (FeedMessage.Read(frame.ToArray()))
        {
            case ExecutionsMessage executions:
                OnExecutions(executions, now);
                break;
            case BalancesMessage balances:
                OnBalances(balances, now);
                break;
            case OrderReply { Method: "add_order" } reply:
                OnReply(reply, now);
                break;
            case SubscriptionReply { Method: "subscribe" } reply when reply.RequestId == _subscription:
                OnSubscription(reply);
                break;
            case SubscriptionReply { Method: "subscribe" } reply when reply.RequestId == _balancesAskedFor:
                // A venue that refuses leaves us where we were without the channel: orders go on, balances stay unknown.
                _balancesAskedFor = null;
                Rejected += reply.IsSuccess ? 0 : 1;
                break;
            case StatusMessage status:
                State = MarketStatuses.Word(status.System);
                break;
            case PongReply pong:
                _pulse.OnPong(pong, now);
                break;
            case MalformedMessage malformed:
                Rejected++;
                EndReason ??= $"A frame of the private feed cannot be read: {malformed.Reason}";
                break;
        }
    }

    /// <summary>Takes the answer to the engine's question about an order.</summary>
    public void OnReport(OrderReport report, long now)
    {
        if (!_orders.TryGetValue(report.Id, out var ticket))
        {
            Tell(new OrderEvent { Id = report.Id, Type = OrderEventType.OutcomeUnknown, Reason = "not an order of this session" }, now, now);
            return;
        }

        // Whoever asks is to be answered, also with what was said before.
        ticket.Progress.IsUnknown = false;
        if (report.Order is { } order)
        {
            Apply(ticket, order, report.Trades, now);
        }
        else if (report.IsAbsent && now > ticket.Deadline && !ticket.Progress.IsAccepted)
        {
            Tell(Event(ticket, OrderEventType.NotFound), now, now);
        }
        else
        {
            // Before its deadline it may still arrive, and an accepted order that no list has is a list that lags.
            Doubt(ticket, report.Trouble ?? "the venue does not list it yet", now);
        }
    }

    private void OnSubscription(SubscriptionReply reply)
    {
        IsReady = reply.IsSuccess;
        if (!reply.IsSuccess)
        {
            HaltOn(reply.Error);
            EndReason ??= $"Executions cannot be subscribed to: {reply.Error}";
        }
    }

    private void OnBalances(BalancesMessage message, long now)
    {
        if (message.IsSnapshot || _balancesAskedFor is null)
        {
            Balances.Take(message, now);
        }
        else
        {
            // Until the request is answered, updates are those of the subscription before.
            _ignored++;
        }
    }

    private void OnReply(OrderReply reply, long now)
    {
        if (reply.RequestId is not { } request || !_byRequest.TryGetValue(request, out var ticket))
        {
            _ignored++;
            return;
        }

        var time = reply.TimeOut?.Value ?? now;
        if (reply.IsSuccess)
        {
            Name(ticket, reply.Order.OrderId);
            Accept(ticket, time, now);
            return;
        }

        var error = reply.Error ?? "no reason given";
        if (ErrorCodes.Classify(error) is ErrorClass.Unknown or ErrorClass.OutcomeUnknown)
        {
            Doubt(ticket, error, now);
            return;
        }

        HaltOn(error);
        Reject(ticket, error, time, now);
    }

    private void OnExecutions(ExecutionsMessage message, long now)
    {
        if (!message.IsSnapshot && message.Sequence <= _lastSequence)
        {
            _ignored++;
            return;
        }

        if (!message.IsSnapshot && message.Sequence != _lastSequence + 1)
        {
            EndReason ??= $"Executions {_lastSequence + 1} to {message.Sequence - 1} were missed.";
        }

        _lastSequence = message.Sequence;
        foreach (var row in message.Rows)
        {
            if (Find(row) is { } ticket)
            {
                Name(ticket, row.OrderId);
                Apply(ticket, row, now);
            }
            else
            {
                _ignored++;
            }
        }
    }

    private OrderTicket? Find(ExecutionRow row) =>
        OrderIds.TryParse(row.ClientOrderId, out var id) && _orders.TryGetValue(id, out var ticket) ? ticket : _byVenueId.GetValueOrDefault(row.OrderId);

    private void Apply(OrderTicket ticket, ExecutionRow row, long now)
    {
        var time = row.Time?.Value ?? now;
        switch (row.Kind)
        {
            case ExecutionKind.New:
                Accept(ticket, time, now);
                break;
            case ExecutionKind.Trade:
                var fee = row.Fees.Count > 0 ? row.Fees[0] : (Asset: "", Quantity: 0m);
                Fill(ticket, OrderIds.TradeNumber(row.ExecutionId!), row.LastPrice!.Value, row.LastQuantity!.Value, fee.Quantity, fee.Asset, time, now);
                break;
            case ExecutionKind.Filled:
                Close(ticket, row.CumulativeQuantity ?? Instrument(ticket).Quantity(ticket.Lots), "", time, now);
                break;
            case ExecutionKind.Canceled or ExecutionKind.Expired:
                Close(ticket, row.CumulativeQuantity, row.Reason ?? "", time, now);
                break;
        }
    }

    private void Apply(OrderTicket ticket, OrderInfo order, IReadOnlyList<TradeInfo> trades, long now)
    {
        Name(ticket, order.OrderId);
        Accept(ticket, now, now);
        var instrument = Instrument(ticket);
        foreach (var trade in trades)
        {
            // We ask for the fee in quote; an order that says otherwise has it in base.
            var asset = order.Flags.Contains("fcib", StringComparison.Ordinal) ? instrument.Base : instrument.Quote;
            Fill(ticket, OrderIds.TradeNumber(trade.TradeId), trade.Price, trade.Quantity, trade.Fee, asset.Code, (long)(trade.Seconds * UtcNanos.PerSecond), now);
        }

        if (order.Status is "closed" or "canceled" or "expired")
        {
            Close(ticket, order.ExecutedQuantity, "", now, now);
        }
        else
        {
            Await(ticket, now);
        }
    }

    private void Accept(OrderTicket ticket, long time, long now)
    {
        if (ticket.Progress is { IsAccepted: false, IsFinal: false })
        {
            ticket.Progress.IsAccepted = true;
            Await(ticket, now);
            Tell(Event(ticket, OrderEventType.Accepted), time, now);
        }
    }

    private void Fill(OrderTicket ticket, ulong trade, decimal price, decimal quantity, decimal fee, string feeAsset, long time, long now)
    {
        var instrument = Instrument(ticket);
        if (!instrument.TryTicks(price, out var ticks) || !instrument.TryLots(quantity, out var lots) || lots <= 0)
        {
            // A fact that our numbers cannot hold: nothing may be guessed, so the plan stays exposed until a person looked.
            Rejected++;
            HaltReason ??= $"order {ticket.Request.Id} traded {quantity} at {price}, which is off the grid of {instrument.Symbol}";
            Doubt(ticket, HaltReason, now);
            return;
        }

        if (!ticket.Progress.TryAddTrade(trade))
        {
            _ignored++;
            return;
        }

        ticket.Progress.FilledLots += lots;
        Await(ticket, now);
        var filled = Event(ticket, OrderEventType.Filled) with
        {
            Fill = new Level(ticks, lots),
            Fee = fee,
            FeeAsset = Asset.IsCode(feeAsset) ? new Asset(Symbols.CommonCode(feeAsset)) : instrument.Quote,
            TradeId = trade,
        };
        Tell(filled, time, now);
        if (ticket.Progress.FilledLots >= ticket.Request.QuantityLots)
        {
            Finish(ticket);
        }
    }

    /// <summary>The venue says that the order will trade no more.</summary>
    /// <param name="quantity">What it says was filled over all; <see langword="null"/> when it does not say.</param>
    private void Close(OrderTicket ticket, decimal? quantity, string reason, long time, long now)
    {
        if (ticket.Progress.IsFinal)
        {
            return;
        }

        if (quantity > Instrument(ticket).Quantity(ticket.Progress.FilledLots))
        {
            Doubt(ticket, "a fill was missed", now);
            return;
        }

        Tell(Event(ticket, OrderEventType.Canceled) with { Reason = reason }, time, now);
        Finish(ticket);
    }

    private void Reject(OrderTicket ticket, string reason, long time, long now)
    {
        if (!ticket.Progress.IsFinal)
        {
            Tell(Event(ticket, OrderEventType.Rejected) with { Reason = reason }, time, now);
            Finish(ticket);
        }
    }

    /// <summary>Nothing more will be heard: the order was certainly not sent, or it is unknown.</summary>
    private void Settle(OrderTicket ticket, string reason, long now)
    {
        if (ticket.TryWithdraw() || ticket.Stage == TicketStage.NotSent)
        {
            Reject(ticket, reason, now, now);
        }
        else
        {
            Doubt(ticket, "no answer", now);
        }
    }

    private void Doubt(OrderTicket ticket, string reason, long now)
    {
        if (ticket.Progress is { IsFinal: false, IsUnknown: false })
        {
            ticket.Progress.IsUnknown = true;
            ticket.Progress.NewsBy = long.MaxValue;
            Tell(Event(ticket, OrderEventType.OutcomeUnknown) with { Reason = reason }, now, now);
        }
    }

    /// <summary>News came: an immediate order has to end soon, a resting one may take its time.</summary>
    private void Await(OrderTicket ticket, long now)
    {
        ticket.Progress.IsUnknown = false;
        ticket.Progress.NewsBy = ticket.Request.TimeInForce == TimeInForce.GoodTilCanceled
            ? long.MaxValue
            : now + options.DeadlineNanos + options.AnswerNanos;
    }

    private void Finish(OrderTicket ticket)
    {
        if (ticket.Progress.IsFinal)
        {
            return;
        }

        ticket.Progress.IsFinal = true;
        _open.Remove(ticket);
        _byRequest.Remove(ticket.RequestId);
        _finished.Enqueue(ticket);
        while (_finished.Count > options.RememberedOrders)
        {
            var oldest = _finished.Dequeue();
            _orders.Remove(oldest.Request.Id);
            if (oldest.Progress.VenueId is { } name)
            {
                _byVenueId.Remove(name);
            }

            Forgotten.Enqueue(oldest);
        }
    }

    private void Name(OrderTicket ticket, string? venueId)
    {
        if (venueId is not null && ticket.Progress.VenueId is null)
        {
            ticket.Progress.VenueId = venueId;
            _byVenueId[venueId] = ticket;
        }
    }

    private void HaltOn(string? error)
    {
        if (error is not null && ErrorCodes.Classify(error) is ErrorClass.Fatal or ErrorClass.Lockout)
        {
            HaltReason ??= error;
        }
    }

    private Instrument Instrument(OrderTicket ticket) => instruments[ticket.Request.Instrument];

    private static OrderEvent Event(OrderTicket ticket, OrderEventType type) => new()
    {
        Id = ticket.Request.Id,
        Type = type,
        Instrument = ticket.Request.Instrument,
        Side = ticket.Request.Side,
        Reason = "",
    };

    private void Tell(in OrderEvent told, long time, long now) => sink.Append(told.Header(time, now), told.Write(_payload));
}
