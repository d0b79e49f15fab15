using System.Buffers;
using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Venues.Connectivity.WebSockets;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>
/// What is said on one connection beside the orders: subscriptions, taken anew where something was missed, cancels, the dead man's timer and
/// pings. Order thread only.
/// </summary>
internal sealed class PrivateConversation : IDisposable
{
    private const long TokenRetryNanos = 5 * UtcNanos.PerSecond;

    private readonly OrderSession _session;
    private readonly WebSocketConnection _connection;
    private readonly Func<ulong> _nextId;
    private readonly OrderRequests _requests = new();
    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private long _tokenDue;

    public PrivateConversation(OrderSession session, WebSocketConnection connection, SessionToken token, Func<ulong> nextId, long now)
    {
        (_session, _connection, _nextId) = (session, connection, nextId);
        Token = "";
        Take(token, now);
    }

    /// <summary>Goes with every request on this connection.</summary>
    public string Token { get; private set; }

    public void Begin(long now)
    {
        _session.Begin(now);
        SubscribeExecutions(withTrades: false, now);
        SubscribeBalances();
    }

    /// <summary>Says what is due.</summary>
    public void Keep(long now)
    {
        if (_session.Executions.IsLost)
        {
            _requests.Unsubscribe(_bytes, "executions", Token, _nextId());
            Send();
            // The last trades are among what was missed; the rest is asked for by REST.
            SubscribeExecutions(withTrades: true, now);
        }

        if (_session.Balances.IsLost)
        {
            _requests.Unsubscribe(_bytes, "balances", Token, _nextId());
            Send();
            SubscribeBalances();
        }

        if (_session.IsPingDue(now))
        {
            var id = _nextId();
            _requests.Ping(_bytes, id);
            _session.Pinged(id, now);
            Send();
        }
    }

    /// <summary>
    /// Whether another token is to be fetched: the venue said that this one is not good any more, or three quarters of its life are over.
    /// A connection that was subscribed in time may go on with it (docs.kraken.com, websocket authentication); a fresh one costs one call.
    /// Counts as asked for.
    /// </summary>
    public bool NeedsToken(long now)
    {
        if (!_session.IsTokenRefused && now < _tokenDue)
        {
            return false;
        }

        _session.IsTokenRefused = false;
        _tokenDue = now + TokenRetryNanos;
        return true;
    }

    public void Take(SessionToken token, long now)
    {
        Token = token.Token;
        _tokenDue = now + (token.UsableFor.Ticks * TimeSpan.NanosecondsPerTick * 3 / 4);
    }

    public void Cancel(ClientOrderId order)
    {
        var id = _nextId();
        _requests.CancelOrder(_bytes, order.ToString(), Token, id);
        _session.CancelAskedFor(id, order);
        Send();
    }

    public void CancelAll()
    {
        _requests.CancelAll(_bytes, Token, _nextId());
        Send();
    }

    /// <param name="seconds">Zero turns it off.</param>
    public void TellDeadMan(int seconds)
    {
        _requests.CancelAllOrdersAfter(_bytes, seconds, Token, _nextId());
        Send();
    }

    public void Dispose() => _requests.Dispose();

    private void SubscribeExecutions(bool withTrades, long now)
    {
        var id = _nextId();
        _session.Executions.AskedFor(id, now);
        _requests.SubscribeExecutions(_bytes, withTrades, Token, id);
        Send();
    }

    private void SubscribeBalances()
    {
        var id = _nextId();
        _session.Balances.AskedFor(id);
        _requests.SubscribeBalances(_bytes, Token, id);
        Send();
    }

    /// <remarks>Where it fails the connection is over, and the next read says so.</remarks>
    private void Send() => _connection.Send(_bytes.WrittenSpan);
}
