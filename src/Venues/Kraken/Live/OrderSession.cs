using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Feed.Messages;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>The conversation about our orders: frames, REST answers and times in, order events out. No socket, no clock, no thread of its own.</summary>
/// <remarks>
/// Replies and executions come in any order; both find the order by our id (<see cref="TrackedOrders"/>), and what they say is told once
/// (<see cref="OrderNews"/>). A gap in the executions makes every open order unknown, and so asked for by REST, while the channel is taken anew.
/// </remarks>
internal sealed class OrderSession
{
    private readonly TrackedOrders _orders;
    private readonly OrderNews _news;
    private readonly KrakenOrderOptions _options;
    private readonly Pulse _pulse;
    private long _ignored;
    private long _rejected;
    private string? _haltReason;

    public OrderSession(IReadOnlyList<Instrument> instruments, KrakenOrderOptions options, IRecordSink sink)
    {
        _options = options;
        _orders = new TrackedOrders(options.RememberedOrders);
        _news = new OrderNews(instruments, options, _orders, sink);
        _pulse = new Pulse(options.SilenceNanos, options.PingIntervalNanos);
    }

    /// <summary>Why this connection is to be closed, one sentence; <see langword="null"/> while it is of use.</summary>
    public string? EndReason { get; private set; }

    /// <summary>Whether executions are subscribed to and nothing of them was missed: only then may orders be sent.</summary>
    public bool IsReady => Executions.IsLive;

    /// <summary>Why no order may be sent until a person looked at it: a key that is wrong or without permission.</summary>
    public string? HaltReason => _haltReason ?? _news.Trouble;

    /// <summary>The venue's word for its state; <see cref="FeedWords"/> before it said one.</summary>
    public string State { get; private set; } = FeedWords.Connecting;

    public ExecutionsChannel Executions { get; } = new();

    public BalancesChannel Balances { get; } = new();

    public int OpenOrders => _orders.Open.Count;

    public long? ClockOffset => _pulse.ClockOffset;

    public long? RoundTrip => _pulse.RoundTrip;

    public long? LastFrameTime => _pulse.LastFrameTime;

    /// <summary>Frames received over all connections.</summary>
    public long Messages { get; private set; }

    /// <summary>Executions and balances that were told before, and executions of orders that are none of ours.</summary>
    public long Ignored => _ignored + _news.Repeated + Balances.Ignored;

    public long Rejected => _rejected + _news.Unreadable;

    /// <inheritdoc cref="TrackedOrders.Forgotten"/>
    public Queue<OrderTicket> Forgotten => _orders.Forgotten;

    /// <summary>A connection stands, and nothing is subscribed to on it yet.</summary>
    public void Begin(long now)
    {
        EndReason = null;
        State = FeedWords.Connected;
        Executions.Forget();
        Balances.Forget();
        _pulse.Begin(now);
    }

    /// <summary>The connection is gone: orders that may have left are unknown, the others were never placed.</summary>
    public void End(long now)
    {
        Executions.Forget();
        Balances.Forget();
        State = FeedWords.Offline;
        for (var i = _orders.Open.Count - 1; i >= 0; i--)
        {
            _news.Settle(_orders.Open[i], "the connection ended before the order was sent", now);
        }
    }

    public bool IsPingDue(long now) => _pulse.IsPingDue(now);

    public void Pinged(ulong id, long now) => _pulse.Pinged(id, now);

    /// <summary>Follows an order from now on. To be called before its request can have left.</summary>
    public void Track(OrderTicket ticket, long now)
    {
        _orders.Add(ticket);
        if (ticket.Refusal is { } refusal)
        {
            _news.Reject(ticket, refusal, now, now);
            return;
        }

        ticket.Progress.NewsBy = ticket.Deadline + _options.AnswerNanos;
    }

    /// <summary>Looks at the time.</summary>
    public void Look(long now)
    {
        for (var i = _orders.Open.Count - 1; i >= 0; i--)
        {
            var ticket = _orders.Open[i];
            if (ticket.Stage == TicketStage.NotSent)
            {
                _news.Reject(ticket, "the connection did not take the order", now, now);
            }
            else if (now > ticket.Progress.NewsBy)
            {
                _news.Settle(ticket, "the order was not sent within its deadline", now);
            }
        }

        if (_pulse.IsSilent(now, isSubscribed: IsReady))
        {
            EndReason ??= "The venue fell silent.";
        }
        else if (Executions.IsUnanswered(now))
        {
            EndReason ??= "The venue does not answer the subscription to executions.";
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
                Balances.Take(balances, now);
                break;
            case OrderReply { Method: "add_order" } reply:
                OnReply(reply, now);
                break;
            case SubscriptionReply reply when Executions.TryAnswer(reply):
                OnSubscription(reply);
                break;
            case SubscriptionReply reply when Balances.TryAnswer(reply):
                _rejected += reply.IsSuccess ? 0 : 1;
                break;
            case StatusMessage status:
                State = MarketStatuses.Word(status.System);
                break;
            case PongReply pong:
                _pulse.OnPong(pong, now);
                break;
            case MalformedMessage malformed:
                _rejected++;
                EndReason ??= $"A frame of the private feed cannot be read: {malformed.Reason}";
                break;
        }
    }

    /// <summary>Takes the answer to the engine's question about an order.</summary>
    public void OnReport(OrderReport report, long now)
    {
        if (_orders.ById(report.Id) is not { } ticket)
        {
            _news.Disown(report.Id, now);
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
            _news.Miss(ticket, now);
        }
        else
        {
            // Before its deadline it may still arrive, and an accepted order that no list has is a list that lags.
            _news.Doubt(ticket, report.Trouble ?? "the venue does not list it yet", now);
        }
    }

    private void OnSubscription(SubscriptionReply reply)
    {
        if (!reply.IsSuccess)
        {
            HaltOn(reply.Error);
            EndReason ??= $"Executions cannot be subscribed to: {reply.Error}";
        }
    }

    private void OnReply(OrderReply reply, long now)
    {
        if (_orders.ByRequest(reply.RequestId) is not { } ticket)
        {
            _ignored++;
            return;
        }

        var time = reply.TimeOut?.Value ?? now;
        if (reply.IsSuccess)
        {
            _orders.Name(ticket, reply.Order.OrderId);
            _news.Accept(ticket, time, now);
            return;
        }

        var error = reply.Error ?? "no reason given";
        if (ErrorCodes.Classify(error) is ErrorClass.Unknown or ErrorClass.OutcomeUnknown)
        {
            _news.Doubt(ticket, error, now);
            return;
        }

        HaltOn(error);
        _news.Reject(ticket, error, time, now);
    }

    private void OnExecutions(ExecutionsMessage message, long now)
    {
        if (!Executions.Take(message, out var missed))
        {
            _ignored++;
            return;
        }

        foreach (var row in message.Rows)
        {
            if (_orders.Of(row) is { } ticket)
            {
                _orders.Name(ticket, row.OrderId);
                Apply(ticket, row, now);
            }
            else
            {
                _ignored++;
            }
        }

        for (var i = _orders.Open.Count - 1; i >= 0 && missed is not null; i--)
        {
            _news.Doubt(_orders.Open[i], missed, now);
        }
    }

    private void Apply(OrderTicket ticket, ExecutionRow row, long now)
    {
        var time = row.Time?.Value ?? now;
        switch (row.Kind)
        {
            case ExecutionKind.New:
                _news.Accept(ticket, time, now);
                break;
            case ExecutionKind.Trade:
                var fee = row.Fees.Count > 0 ? row.Fees[0] : (Asset: "", Quantity: 0m);
                _news.Fill(ticket, OrderIds.TradeNumber(row.ExecutionId!), row.LastPrice!.Value, row.LastQuantity!.Value, fee.Quantity, fee.Asset, time, now);
                break;
            case ExecutionKind.Filled:
                _news.Close(ticket, row.CumulativeQuantity ?? _news.Instrument(ticket).Quantity(ticket.Lots), "", time, now);
                break;
            case ExecutionKind.Canceled or ExecutionKind.Expired:
                _news.Close(ticket, row.CumulativeQuantity, row.Reason ?? "", time, now);
                break;
        }
    }

    private void Apply(OrderTicket ticket, OrderInfo order, IReadOnlyList<TradeInfo> trades, long now)
    {
        _orders.Name(ticket, order.OrderId);
        _news.Accept(ticket, now, now);
        var instrument = _news.Instrument(ticket);
        foreach (var trade in trades)
        {
            // We ask for the fee in quote; an order that says otherwise has it in base.
            var asset = order.Flags.Contains("fcib", StringComparison.Ordinal) ? instrument.Base : instrument.Quote;
            _news.Fill(
                ticket, OrderIds.TradeNumber(trade.TradeId), trade.Price, trade.Quantity, trade.Fee, asset.Code, (long)(trade.Seconds * UtcNanos.PerSecond), now);
        }

        if (order.Status is "closed" or "canceled" or "expired")
        {
            _news.Close(ticket, order.ExecutedQuantity, "", now, now);
        }
        else
        {
            _news.Await(ticket, now);
        }
    }

    private void HaltOn(string? error)
    {
        if (error is not null && ErrorCodes.Classify(error) is ErrorClass.Fatal or ErrorClass.Lockout)
        {
            _haltReason ??= error;
        }
    }
}
