using System.Collections.Concurrent;
using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What the order thread does on every round, whether there is a connection or not: follows, cancels, looks at the time, reports.</summary>
/// <remarks>Order thread only, but for what says otherwise.</remarks>
internal sealed class OrderRounds(
    KrakenRest rest, OrderSession session, AccountErrands errands, VenueStanding standing, PrivateConnector connector, KrakenOrderOptions options, long started)
{
    private const long HealthIntervalNanos = 50 * UtcNanos.PerMillisecond;

    private readonly ConcurrentQueue<OrderTicket> _free = [];
    private readonly ConcurrentQueue<OrderTicket> _tracked = [];
    private readonly ConcurrentQueue<ClientOrderId> _cancels = [];
    private PrivateConversation? _conversation;
    private FeedHealth _health = FeedHealth.Unconnected;
    private VenueHalt? _halt;
    private int _isCancelAllAsked;
    private long _nextHealth;

    // The fees that were given are fresh.
    private long _nextFees = started + options.FeeIntervalNanos;

    /// <summary>The connection that stands; <see langword="null"/> for none.</summary>
    public PrivateConversation? Conversation => Volatile.Read(ref _conversation);

    /// <summary>Any thread.</summary>
    public bool IsConnected => Conversation is not null;

    /// <summary>Connections so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Any thread.</summary>
    public FeedHealth Health => Volatile.Read(ref _health);

    /// <summary>Any thread.</summary>
    public VenueHalt? Halt => Volatile.Read(ref _halt);

    /// <summary>A ticket to write an order on. Engine thread.</summary>
    public OrderTicket FreeTicket() => _free.TryDequeue(out var used) ? used : new OrderTicket();

    /// <summary>Lets an order be followed from the next round on. Engine thread.</summary>
    public void Track(OrderTicket ticket) => _tracked.Enqueue(ticket);

    /// <summary>Any thread.</summary>
    public void Cancel(ClientOrderId id) => _cancels.Enqueue(id);

    /// <summary>Any thread.</summary>
    public void CancelAll() => Volatile.Write(ref _isCancelAllAsked, 1);

    public void Connected(PrivateConversation conversation)
    {
        Connections++;
        Volatile.Write(ref _conversation, conversation);
    }

    public void Disconnected(long now)
    {
        Volatile.Write(ref _conversation, null);
        Follow(now);
        session.End(now);
    }

    /// <summary>What is to be done whether there is a connection or not.</summary>
    public void Serve(long now)
    {
        Follow(now);
        errands.Collect(now);
        SendCancels(now);
        if (session.DeadMan.Due(now) is { } seconds)
        {
            TellDeadMan(seconds);
        }

        if (now >= _nextFees)
        {
            _nextFees = now + options.FeeIntervalNanos;
            errands.ReadFees();
        }

        session.Look(now);
        while (session.Doubtful.TryDequeue(out var id))
        {
            errands.Query(id, now);
        }

        while (session.Forgotten.TryDequeue(out var ticket))
        {
            _free.Enqueue(ticket);
        }

        Volatile.Write(ref _halt, session.Halt ?? rest.Halt);
        standing.Look(Halt, session.Pause(now) > rest.Pause ? session.Pause(now) : rest.Pause, session.State, now);
        if (now >= _nextHealth)
        {
            _nextHealth = now + HealthIntervalNanos;
            PublishHealth();
        }
    }

    private void Follow(long now)
    {
        while (_tracked.TryDequeue(out var ticket))
        {
            session.Track(ticket, now);
        }
    }

    private void SendCancels(long now)
    {
        for (var left = _cancels.Count; left > 0 && _cancels.TryDequeue(out var id); left--)
        {
            var ticket = session.Find(id);
            if (ticket is { Progress.IsFinal: true } || ticket?.TryWithdraw() == true)
            {
                // Over, or not to be sent any more: the next look tells it.
                continue;
            }

            if (ticket is not null && session.Pairs.TryCancel(ticket.Request.Instrument, ticket.Request.SentTime, now) > TimeSpan.Zero)
            {
                _cancels.Enqueue(id);
            }
            else if (Conversation is { } conversation)
            {
                conversation.Cancel(id);
            }
            else
            {
                errands.Cancel(id);
            }
        }

        if (Interlocked.Exchange(ref _isCancelAllAsked, 0) == 0)
        {
            return;
        }

        session.WithdrawQueued();
        if (Conversation is { } open)
        {
            open.CancelAll();
        }
        else
        {
            errands.CancelAll();
        }
    }

    private void TellDeadMan(int seconds)
    {
        if (Conversation is { } conversation)
        {
            conversation.TellDeadMan(seconds);
        }
        else
        {
            errands.TellDeadMan(seconds);
        }
    }

    private void PublishHealth() => Volatile.Write(ref _health, new FeedHealth
    {
        State = session.State,
        LastFrameTime = session.LastFrameTime,
        ClockOffset = session.ClockOffset,
        RoundTrip = session.RoundTrip,
        Messages = session.Messages,
        Ignored = session.Ignored,
        Rejected = session.Rejected,
        Reconnects = Math.Max(0, Connections - 1),
        LastEnd = connector.LastEnd,
    });
}
