using System.Collections.Concurrent;
using System.Threading.Channels;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Connectivity.WebSockets;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Orders on Kraken: over the private feed out and back, over REST when something is unclear.</summary>
/// <remarks>
/// <para>Three threads. The engine's writes the request and puts it into a queue; the sending thread hands it to the socket; the order
/// thread reads the feed, follows every order and is the only one that calls the sink. A full socket therefore never holds the engine up.</para>
/// <para>An order without a connection is rejected at once, as it certainly was not placed. The protocol is in <see cref="OrderSession"/>,
/// the limit on spending in <see cref="SpendRule"/>. Fill-or-kill is rejected: the venue does not document it.</para>
/// </remarks>
public sealed class KrakenOrders : IOrderGateway, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);
    private const long HealthIntervalNanos = 50 * UtcNanos.PerMillisecond;

    private readonly IReadOnlyList<Instrument> _instruments;
    private readonly IReadOnlyList<FeeTerms> _fees;
    private readonly KrakenOrderOptions _options;
    private readonly UtcClock _clock;
    private readonly IRecordSink _sink;
    private readonly OrderSession _session;
    private readonly OrderInquiry _inquiry;
    private readonly PrivateConnector _connector;
    private readonly OutgoingRequests _outgoing = new();
    private readonly OrderRequests _requests = new();
    private readonly ConcurrentQueue<OrderTicket> _free = [];
    private readonly ConcurrentQueue<OrderTicket> _tracked = [];
    private readonly ConcurrentQueue<OrderReport> _reports = [];
    private readonly Channel<(ClientOrderId Id, long Time)> _queries = Channel.CreateUnbounded<(ClientOrderId, long)>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private Task _inquiries = Task.CompletedTask;
    private FeedHealth _health = FeedHealth.Unconnected;
    private string? _haltReason;
    private long _requestId;
    private long _nextHealth;
    private int _connections;
    private int _surveyAsked;

    /// <param name="endpoint">See <see cref="KrakenEndpoints.PrivateFeed"/>.</param>
    /// <param name="rest">With credentials; used for tokens and questions. Not disposed of here.</param>
    /// <param name="instruments">By number.</param>
    /// <param name="fees">What taking costs, by number: see <see cref="KrakenFees"/>.</param>
    /// <param name="sink">Takes the <see cref="OrderEvent"/> records, on one thread of this gateway.</param>
    /// <param name="reconnects">Pauses between connections; not shared with another connection.</param>
    /// <param name="clock">The one that the feed uses, so that records of both agree.</param>
    /// <exception cref="ArgumentException">An option is out of range, or fees and instruments are not equally many.</exception>
    public KrakenOrders(
        Uri endpoint,
        KrakenRest rest,
        IReadOnlyList<Instrument> instruments,
        IReadOnlyList<FeeTerms> fees,
        IRecordSink sink,
        KrakenOrderOptions options,
        ReconnectPolicy reconnects,
        UtcClock clock)
    {
        if (fees.Count != instruments.Count)
        {
            throw new ArgumentException($"Every instrument has its fees: found {fees.Count} for {instruments.Count}.", nameof(fees));
        }

        _instruments = instruments;
        _fees = fees;
        _options = options.Validated();
        _clock = clock;
        _sink = sink;
        _session = new OrderSession(instruments, options, sink);
        _inquiry = new OrderInquiry(rest);
        _connector = new PrivateConnector(endpoint, rest, reconnects, clock);
        _thread = new Thread(Run) { IsBackground = true, Name = "kraken orders" };
    }

    /// <summary>How the private feed does. Any thread.</summary>
    public FeedHealth Health => Volatile.Read(ref _health);

    /// <summary>Whether an order can be sent now. Any thread.</summary>
    public bool IsReady => _outgoing.Link is not null && HaltReason is null;

    /// <summary>Why no order is sent until a person looked at it; <see langword="null"/> while all is well. Any thread.</summary>
    public string? HaltReason => Volatile.Read(ref _haltReason);

    /// <summary>
    /// The venue's own view of the account, a moment behind its executions; what open orders hold is not taken off.
    /// <see langword="null"/> while unknown: without a connection, after a gap, and where the key may not see it. Any thread.
    /// </summary>
    public VenueBalances? Balances => _session.Balances.Account.Current;

    /// <summary>Ends when the gateway does: in order after a stop, with the sink's exception when that threw.</summary>
    public Task Completion => _completion.Task;

    /// <exception cref="ThreadStateException">It was started before.</exception>
    public void Start()
    {
        _thread.Start();
        _outgoing.Start();
        _inquiries = Task.Run(() => AnswerQueriesAsync(_stop.Token));
    }

    /// <inheritdoc/>
    public void Submit(in OrderRequest request)
    {
        var ticket = _free.TryDequeue(out var used) ? used : new OrderTicket();
        ticket.Begin(request);
        ticket.Refusal = Prepare(ticket);
        if (ticket.Refusal is not null)
        {
            _tracked.Enqueue(ticket);
            return;
        }

        // Followed before it can be sent, so that no answer finds nobody.
        ticket.Queue();
        _tracked.Enqueue(ticket);
        _outgoing.Post(ticket);
    }

    /// <summary>Asks the venue to cancel an order. What comes of it arrives as order events; a cancel that comes too late changes nothing.</summary>
    /// <remarks>Engine thread.</remarks>
    public void Cancel(ClientOrderId id, long sentTime)
    {
        if (_outgoing.Link is { } link)
        {
            var ticket = new OrderTicket { Connection = link.Number };
            _requests.CancelOrder(ticket.Bytes, id.ToString(), link.Token, NextId());
            ticket.Queue();
            _outgoing.Post(ticket);
        }
    }

    /// <inheritdoc/>
    public void Query(ClientOrderId id, long sentTime) => _queries.Writer.TryWrite((id, sentTime));

    /// <inheritdoc/>
    public void CancelAll(long sentTime)
    {
        // Orders here are immediate-or-cancel: what is open is on its way to its own end.
    }

    /// <inheritdoc/>
    public void Survey(long sinceTime, long sentTime) => Interlocked.Exchange(ref _surveyAsked, 1);

    /// <summary>Stops: orders on their way are told as unknown, then the threads end. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            _completion.TrySetResult();
        }
        else
        {
            _thread.Join();
            ((IAsyncResult)_inquiries).AsyncWaitHandle.WaitOne();
        }

        _outgoing.Dispose();
        _requests.Dispose();
        _stop.Dispose();
    }

    /// <summary>Writes the request into the ticket. Engine thread.</summary>
    /// <returns>Why the order cannot be sent; <see langword="null"/> when it can.</returns>
    private string? Prepare(OrderTicket ticket)
    {
        if (HaltReason is { } halt)
        {
            return $"orders are halted: {halt}";
        }

        if (_outgoing.Link is not { } link)
        {
            return $"the private feed is {Health.State}";
        }

        var request = ticket.Request;
        var instrument = _instruments[request.Instrument];
        if (OrderRequests.Word(request.TimeInForce) is not { } timeInForce)
        {
            return $"time in force {request.TimeInForce} is not offered";
        }

        ticket.Lots = SpendRule.Lots(request, instrument, _fees[request.Instrument]);
        var quantity = instrument.Quantity(ticket.Lots);
        if (ticket.Lots == 0 || quantity < instrument.QuantityMin || quantity * instrument.Price(request.LimitTicks) < instrument.NotionalMin)
        {
            return "what may be spent is below the venue's minimum";
        }

        ticket.Connection = link.Number;
        ticket.RequestId = NextId();
        ticket.Deadline = _clock.NowNanos + _options.DeadlineNanos;
        _requests.AddOrder(ticket, instrument, timeInForce, ticket.Deadline + link.ClockOffset, link.Token, ticket.RequestId);
        return null;
    }

    private ulong NextId() => (ulong)Interlocked.Increment(ref _requestId);

    /// <summary>The order thread.</summary>
    private void Run()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var opening = _connector.OpenAsync(_stop.Token);
                while (!opening.IsCompleted)
                {
                    ((IAsyncResult)opening).AsyncWaitHandle.WaitOne(Patience);
                    Serve(_clock.NowNanos);
                }

                if (opening.IsCompletedSuccessfully && opening.Result is { } opened)
                {
                    using (opened.Connection)
                    {
                        _connector.Lost(Converse(opened.Connection, opened.Token));
                    }
                }
            }

            Serve(_clock.NowNanos);
            _completion.TrySetResult();
        }
        catch (Exception wrong)
        {
            // Not swallowed: whoever runs the gateway waits for its completion.
            _completion.TrySetException(wrong);
        }

        _outgoing.Link = null;
        Volatile.Write(ref _health, Health with { State = FeedWords.Stopped });
    }

    /// <returns>Why the connection ended, one sentence.</returns>
    private string Converse(WebSocketConnection connection, string token)
    {
        using var conversation = new PrivateConversation(_session, connection, token, NextId);
        var link = new OrderLink(connection, token, ++_connections, ClockOffset: 0);
        conversation.Begin(_clock.NowNanos);
        string? reason = null;
        while (reason is null && !_stop.IsCancellationRequested)
        {
            var received = connection.Receive(Patience, out var frame);
            var now = _clock.NowNanos;
            // What was sent before this frame came is followed before it is read.
            Serve(now);
            if (received.Status == ReceiveStatus.Message)
            {
                _session.OnFrame(frame, now);
                Publish(link);
            }
            else if (received.Status == ReceiveStatus.Closed)
            {
                reason = received.Reason.Length > 0 ? received.Reason : $"The venue closed the connection ({received.Code}).";
            }

            conversation.Keep(now);
            reason ??= _session.EndReason;
        }

        _outgoing.Link = null;
        Follow(_clock.NowNanos);
        _session.End(_clock.NowNanos);
        return reason ?? "Stopped on this side.";
    }

    /// <summary>Lets the engine send, or not, as the session stands.</summary>
    private void Publish(OrderLink link)
    {
        var isOpen = _session.IsReady && (_session.State is "online" or FeedWords.Connected);
        var current = isOpen ? link with { ClockOffset = _session.ClockOffset ?? 0 } : null;
        if (current != _outgoing.Link)
        {
            _outgoing.Link = current;
        }
    }

    /// <summary>What is to be done whether there is a connection or not.</summary>
    private void Serve(long now)
    {
        Follow(now);
        while (_reports.TryDequeue(out var report))
        {
            _session.OnReport(report, now);
        }

        if (Interlocked.Exchange(ref _surveyAsked, 0) == 1)
        {
            var end = new Statement.Ended(_instruments[0].Id.Venue, false, "surveys are not supported yet");
            _sink.Append(end.Header(now, now), end.Write(new PayloadWriter()));
        }

        _session.Look(now);
        while (_session.Forgotten.TryDequeue(out var ticket))
        {
            _free.Enqueue(ticket);
        }

        if ((_session.HaltReason ?? _connector.Refusal) is { } halt)
        {
            Volatile.Write(ref _haltReason, halt);
        }

        if (_inquiries.IsFaulted)
        {
            // Without answers to its questions the engine would wait for ever.
            _inquiries.GetAwaiter().GetResult();
        }

        if (now < _nextHealth)
        {
            return;
        }

        _nextHealth = now + HealthIntervalNanos;
        Volatile.Write(ref _health, new FeedHealth
        {
            State = _session.State,
            LastFrameTime = _session.LastFrameTime,
            ClockOffset = _session.ClockOffset,
            RoundTrip = _session.RoundTrip,
            Messages = _session.Messages,
            Ignored = _session.Ignored,
            Rejected = _session.Rejected,
            Reconnects = Math.Max(0, _connections - 1),
            LastEnd = _connector.LastEnd,
        });
    }

    private void Follow(long now)
    {
        while (_tracked.TryDequeue(out var ticket))
        {
            _session.Track(ticket, now);
        }
    }

    private async Task AnswerQueriesAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var (id, time) in _queries.Reader.ReadAllAsync(stop))
            {
                _reports.Enqueue(await _inquiry.AskAsync(id, time, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits for answers any more.
        }
    }
}
