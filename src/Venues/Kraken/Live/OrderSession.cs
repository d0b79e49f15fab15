using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
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
    private readonly RestNews _rest;
    private readonly Refusals _refusals;
    private readonly Dictionary<ulong, ClientOrderId> _cancels = [];
    private long _ignored;
    private long _rejected;

    public OrderSession(IReadOnlyList<Instrument> instruments, KrakenOrderOptions options, IRecordSink sink)
    {
        _options = options;
        _orders = new TrackedOrders(options.RememberedOrders);
        _news = new OrderNews(instruments, options, _orders, sink);
        _rest = new RestNews(instruments, options, _orders, _news);
        _pulse = new Pulse(options.SilenceNanos, options.PingIntervalNanos);
        Pairs = new PairBudgets(options.Tier, instruments.Count);
        _refusals = new Refusals(Pairs);
    }

    /// <summary>Why this connection is to be closed, one sentence; <see langword="null"/> while it is of use.</summary>
    public string? EndReason { get; private set; }

    /// <summary>Whether executions are subscribed to and nothing of them was missed: only then may orders be sent.</summary>
    public bool IsReady => Executions.IsLive;

    /// <summary>Why no order may be sent until a person looked at it: a key that is wrong or without permission, a fill that cannot be booked.</summary>
    public VenueHalt? Halt => _refusals.Halt ?? (_news.Trouble is { } trouble ? new VenueHalt(VenueHalt.UnreadableFill, trouble) : null);

    /// <inheritdoc cref="Refusals.Pause"/>
    public TimeSpan Pause(long now) => _refusals.Pause(now);

    /// <summary>The counters of the pairs. Any thread.</summary>
    public PairBudgets Pairs { get; }

    public DeadManTimer DeadMan { get; } = new();

    /// <summary>Orders whose cancel was refused: to be asked for.</summary>
    public Queue<ClientOrderId> Doubtful { get; } = [];

    /// <summary>Whether the venue said that the connection's token is not good any more.</summary>
    public bool IsTokenRefused
    {
        get => _refusals.IsTokenRefused;
        set => _refusals.IsTokenRefused = value;
    }

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
        IsTokenRefused = false;
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
        _cancels.Clear();
        DeadMan.Failed(now);
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
            if (ticket.Stage is TicketStage.NotSent or TicketStage.HeldBack)
            {
                _news.Settle(ticket, "the order did not leave", now);
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
            case OrderReply { Method: "cancel_order" } reply:
                OnCancel(reply, now);
                break;
            case OtherReply { Method: "cancel_all_orders_after" } reply:
                OnDeadMan(reply, now);
                break;
            case OtherReply { IsSuccess: false } reply:
                _refusals.Note(reply.Error, now);
                break;
            case SubscriptionReply reply when Executions.TryAnswer(reply):
                OnSubscription(reply, now);
                break;
            case SubscriptionReply reply when Balances.TryAnswer(reply):
                _rejected += reply.IsSuccess ? 0 : 1;
                break;
            case ErrorMessage error:
                _refusals.Note(error.Text, now);
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
    public void OnReport(OrderReport report, long now) => _rest.Report(report, now);

    /// <summary>Takes what a survey found of an order of ours.</summary>
    public void OnSurveyed(OrderReport report, long now) => _rest.Surveyed(report, now);

    /// <summary>Takes REST's answer to an order that was sent that way.</summary>
    /// <returns>Whether it was taken for matching: its fills have to be asked for where no executions come.</returns>
    public bool OnPlaced(OrderTicket ticket, RestAnswer<PlacedOrder> answer, long now)
    {
        if (answer.Errors.Count > 0)
        {
            _refusals.Note(answer.Errors[0], ticket.Request.Instrument, now);
        }

        return _rest.Placed(ticket, answer, now);
    }

    /// <summary>Takes back what has not left yet: the next look tells it.</summary>
    public void WithdrawQueued()
    {
        foreach (var ticket in _orders.Open)
        {
            ticket.TryWithdraw();
        }
    }

    /// <summary>Finds an order that is followed.</summary>
    public OrderTicket? Find(ClientOrderId id) => _orders.ById(id);

    /// <param name="request">The number of the request that takes the order back.</param>
    public void CancelAskedFor(ulong request, ClientOrderId id) => _cancels[request] = id;

    private void OnSubscription(SubscriptionReply reply, long now)
    {
        if (!reply.IsSuccess)
        {
            _refusals.Note(reply.Error, now);
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
        _refusals.Note(error, ticket.Request.Instrument, now);
        if (ErrorCodes.Respond(error, isPlacement: true) == ErrorResponse.OutcomeUnknown)
        {
            _news.Doubt(ticket, error, now);
        }
        else
        {
            _news.Reject(ticket, error, time, now);
        }
    }

    private void OnCancel(OrderReply reply, long now)
    {
        // A success says only that it was asked for: the end comes with the executions.
        if (reply.RequestId is { } request && _cancels.Remove(request, out var id) && !reply.IsSuccess)
        {
            _refusals.Note(reply.Error, now);
            Doubtful.Enqueue(id);
        }
    }

    private void OnDeadMan(OtherReply reply, long now)
    {
        if (reply.IsSuccess)
        {
            DeadMan.Confirmed(reply.TriggerTime?.Value);
        }
        else
        {
            _refusals.Note(reply.Error, now);
            DeadMan.Failed(now);
        }
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
}
