using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Supervision;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Connectivity.WebSockets;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Orders on Kraken: over the private feed out and back, over REST when something is unclear or the feed is down.</summary>
/// <remarks>
/// <para>Three threads. The engine's writes the request and puts it into a queue; the sending thread hands it to the socket; the order
/// thread reads the feed, follows every order and is the only one that calls the sink. A full socket therefore never holds the engine up.</para>
/// <para>An order that never left may go by REST; one that may have left is never sent again, whatever became of it. The protocol is in
/// <see cref="OrderSession"/>, the limit on spending in <see cref="SpendRule"/>. Fill-or-kill is rejected: the venue does not document it.</para>
/// </remarks>
public sealed class KrakenOrders : ITimedGateway, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

    private readonly KrakenRest _rest;
    private readonly KrakenOrderOptions _options;
    private readonly UtcClock _clock;
    private readonly OrderSession _session;
    private readonly OrderDrafts _drafts;
    private readonly AccountErrands _errands;
    private readonly OrderRounds _rounds;
    private readonly PrivateConnector _connector;
    private readonly OutgoingRequests _outgoing;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _running;
    private bool _isStopped;
    private long _clockOffset;
    private long _requestId;

    /// <param name="endpoint">See <see cref="KrakenEndpoints.PrivateFeed"/>.</param>
    /// <param name="rest">With credentials; used for tokens and questions. Not disposed of here.</param>
    /// <param name="instruments">By number.</param>
    /// <param name="fees">What taking costs, by number: see <see cref="KrakenFees"/>.</param>
    /// <param name="sink">Takes <see cref="OrderEvent"/>, <see cref="Statement"/>, <see cref="FeeSchedule"/> and <see cref="VenueStatus"/> records, on one thread of this gateway.</param>
    /// <param name="reconnects">Pauses between connections; not shared with another connection.</param>
    /// <param name="clock">The one that the feed uses, so that records of both agree.</param>
    /// <param name="kill">Read right before an order's bytes go out; <see langword="null"/> where nobody can kill.</param>
    /// <exception cref="ArgumentException">An option is out of range, or fees and instruments are not equally many.</exception>
    public KrakenOrders(
        Uri endpoint,
        KrakenRest rest,
        IReadOnlyList<Instrument> instruments,
        IReadOnlyList<FeeTerms> fees,
        IRecordSink sink,
        KrakenOrderOptions options,
        ReconnectPolicy reconnects,
        UtcClock clock,
        KillFlag? kill = null)
    {
        if (fees.Count != instruments.Count)
        {
            throw new ArgumentException($"Every instrument has its fees: found {fees.Count} for {instruments.Count}.", nameof(fees));
        }

        _rest = rest;
        _options = options.Validated();
        _clock = clock;
        _session = new OrderSession(instruments, options, sink);
        var watch = new FeeWatch(instruments, fees, sink);
        _drafts = new OrderDrafts(instruments, watch, _session.Pairs);
        _errands = new AccountErrands(rest, instruments, _session, watch, sink, clock, kill, options.SurveyNanosMax);
        _outgoing = new OutgoingRequests(kill);
        _connector = new PrivateConnector(endpoint, rest, reconnects, clock);
        _rounds = new OrderRounds(rest, _session, _errands, new VenueStanding(sink), _connector, options, clock.NowNanos);
    }

    /// <summary>How the private feed does. Any thread.</summary>
    public FeedHealth Health => Volatile.Read(ref _isStopped) ? _rounds.Health with { State = FeedWords.Stopped } : _rounds.Health;

    /// <summary>Whether an order can be sent over the feed now. Any thread.</summary>
    public bool IsReady => _outgoing.Link is not null && Halt is null;

    /// <summary>Why no order is sent until a person looked at it; <see langword="null"/> while all is well. Any thread.</summary>
    public VenueHalt? Halt => _rounds.Halt;

    /// <summary>The words of <see cref="Halt"/>.</summary>
    public string? HaltReason => Halt?.Text;

    /// <summary>
    /// The venue's own view of the account, a moment behind its executions; what open orders hold is not taken off.
    /// <see langword="null"/> while unknown: without a connection, after a gap, and where the key may not see it. Any thread.
    /// </summary>
    public VenueBalances? Balances => _session.Balances.Account.Current;

    /// <summary>
    /// How long the venue waits for us before it takes back every order of the account; zero (the default) for ever. Told again every third
    /// of it, and turned off when this gateway is disposed of. Any thread.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not zero, and not 3 s to a day.</exception>
    public TimeSpan DeadManTimeout
    {
        get => TimeSpan.FromSeconds(_session.DeadMan.Seconds);
        set
        {
            var seconds = (int)Math.Clamp(value.TotalSeconds, -1, int.MaxValue);
            _session.DeadMan.Seconds = seconds is 0 or (>= 3 and <= 86_400) ? seconds : throw new ArgumentOutOfRangeException(nameof(value), value, "Zero, or 3 s to a day.");
        }
    }

    public OrderStages? Stages
    {
        set => _outgoing.Stages = value;
    }

    /// <summary>Ends when the gateway does: in order after a stop, with the sink's exception when that threw.</summary>
    public Task Completion => _completion.Task;

    /// <param name="supervisor">Starts the order thread again when it throws, as after a lost connection; without one the gateway ends then.</param>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start(Supervisor? supervisor = null)
    {
        _running = _running is null ? RunAsync(supervisor) : throw new InvalidOperationException("The gateway was started before.");
        _outgoing.Start();
        _errands.Start(_stop.Token);
    }

    /// <inheritdoc/>
    public void Submit(in OrderRequest request)
    {
        var ticket = _rounds.FreeTicket();
        ticket.Begin(request);
        var now = _clock.NowNanos;
        var link = _outgoing.Link;
        ticket.Refusal = Closed(link, now) ?? _drafts.Refusal(ticket, now);
        if (ticket.Refusal is not null)
        {
            _rounds.Track(ticket);
            return;
        }

        ticket.Deadline = now + (link is null ? Math.Max(_options.DeadlineNanos, KrakenLimits.RestDeadlineNanosMin + UtcNanos.PerSecond) : _options.DeadlineNanos);
        if (link is not null)
        {
            ticket.RequestId = NextId();
            _drafts.Write(ticket, link);
        }

        // Followed before it can be sent, so that no answer finds nobody.
        ticket.Queue();
        _rounds.Track(ticket);
        if (link is not null)
        {
            _outgoing.Post(ticket);
        }
        else
        {
            _errands.Place(ticket, ticket.Deadline + Volatile.Read(ref _clockOffset));
        }
    }

    /// <inheritdoc/>
    public void Query(ClientOrderId id, long sentTime) => _errands.Query(id, sentTime);

    /// <inheritdoc/>
    public void Cancel(ClientOrderId id, long sentTime) => _rounds.Cancel(id);

    /// <inheritdoc/>
    public void CancelAll(long sentTime) => _rounds.CancelAll();

    /// <inheritdoc/>
    public void Survey(long sinceTime, long sentTime) => _errands.Survey(sinceTime);

    /// <summary>Stops: orders on their way are told as unknown, then the threads end. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        if (_running is null)
        {
            _completion.TrySetResult();
        }
        else
        {
            ((IAsyncResult)_running).AsyncWaitHandle.WaitOne();
            ((IAsyncResult)_errands.Completion).AsyncWaitHandle.WaitOne();
        }

        _outgoing.Dispose();
        _drafts.Dispose();
        _stop.Dispose();
    }

    /// <summary>Why nothing can be sent at all; <see langword="null"/> when something can.</summary>
    private string? Closed(OrderLink? link, long now) =>
        Volatile.Read(ref _isStopped) ? "the order thread is stopped"
        : Halt is { } halt ? $"orders are halted: {halt.Text}"
        : (link is null ? _rest.Pause : _session.Pause(now)) > TimeSpan.Zero ? $"{VenueHalt.RateLimited}: the venue asked for a pause"
        : link is not null ? null
        : _options.IsRestAllowed && !_rounds.IsConnected ? null
        : $"the private feed is {Health.State}";

    private ulong NextId() => (ulong)Interlocked.Increment(ref _requestId);

    private async Task RunAsync(Supervisor? supervisor)
    {
        try
        {
            await (supervisor?.RunThreadAsync("orders", KrakenInstruments.Venue, Work, _stop.Token) ?? Supervisor.OnThreadAsync(Work));
            _completion.TrySetResult();
        }
        catch (Exception wrong)
        {
            // Not swallowed: whoever runs the gateway waits for its completion.
            _completion.TrySetException(wrong);
        }

        _outgoing.Link = null;
        Volatile.Write(ref _isStopped, true);
    }

    /// <summary>The order thread.</summary>
    private void Work()
    {
        Thread.CurrentThread.Name = "kraken orders";
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var opening = _connector.OpenAsync(_stop.Token);
                while (!opening.IsCompleted)
                {
                    ((IAsyncResult)opening).AsyncWaitHandle.WaitOne(Patience);
                    _rounds.Serve(_clock.NowNanos);
                }

                if (opening.GetAwaiter().GetResult() is { } opened)
                {
                    using (opened.Connection)
                    {
                        Converse(opened.Connection, opened.Token);
                    }
                }
            }

            _rounds.Serve(_clock.NowNanos);
        }
        finally
        {
            _outgoing.Link = null;
        }
    }

    private void Converse(WebSocketConnection connection, SessionToken token)
    {
        using var conversation = new PrivateConversation(_session, connection, token, NextId, _clock.NowNanos);
        var reason = "The order thread failed.";
        try
        {
            conversation.Begin(_clock.NowNanos);
            _rounds.Connected(conversation);
            reason = Talk(connection, conversation);
        }
        finally
        {
            // Whatever ended it: what was on its way may have arrived, and is told as unknown.
            _outgoing.Link = null;
            _connector.Lost(reason);
            _rounds.Disconnected(_clock.NowNanos);
        }
    }

    /// <returns>Why the connection ended, one sentence.</returns>
    private string Talk(WebSocketConnection connection, PrivateConversation conversation)
    {
        string? reason = null;
        while (reason is null && !_stop.IsCancellationRequested)
        {
            var received = connection.Receive(Patience, out var frame);
            var now = _clock.NowNanos;
            // What was sent before this frame came is followed before it is read.
            _rounds.Serve(now);
            _outgoing.RequireSound();
            if (received.Status == ReceiveStatus.Message)
            {
                _session.OnFrame(frame, now);
                Publish(connection, conversation.Token);
            }
            else if (received.Status == ReceiveStatus.Closed)
            {
                reason = received.Reason.Length > 0 ? received.Reason : $"The venue closed the connection ({received.Code}).";
            }

            conversation.Keep(now);
            if (conversation.NeedsToken(now))
            {
                _errands.FetchToken((fresh, time) => _rounds.Conversation?.Take(fresh, time));
            }

            reason ??= _session.EndReason;
        }

        if (reason is null && _session.DeadMan.Seconds > 0)
        {
            conversation.TellDeadMan(0);
        }

        return reason ?? "Stopped on this side.";
    }

    /// <summary>Lets the engine send, or not, as the session stands.</summary>
    private void Publish(WebSocketConnection connection, string token)
    {
        var offset = _session.ClockOffset ?? 0;
        Volatile.Write(ref _clockOffset, offset);
        var isOpen = _session.IsReady && (_session.State is "online" or FeedWords.Connected);
        var current = isOpen ? new OrderLink(connection, token, _rounds.Connections, offset) : null;
        if (current != _outgoing.Link)
        {
            _outgoing.Link = current;
        }
    }
}
