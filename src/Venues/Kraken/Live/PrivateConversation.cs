using System.Buffers;
using Parallax.Venues.Connectivity.WebSockets;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What is said on one connection beside the orders: subscriptions, taken anew where something was missed, and pings. Order thread only.</summary>
internal sealed class PrivateConversation(OrderSession session, WebSocketConnection connection, string token, Func<ulong> nextId) : IDisposable
{
    private readonly OrderRequests _requests = new();
    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    public void Begin(long now)
    {
        session.Begin(now);
        SubscribeExecutions(withTrades: false, now);
        SubscribeBalances();
    }

    /// <summary>Says what is due.</summary>
    public void Keep(long now)
    {
        if (session.Executions.IsLost)
        {
            _requests.Unsubscribe(_bytes, "executions", token, nextId());
            Send();
            // The last trades are among what was missed; the rest is asked for by REST.
            SubscribeExecutions(withTrades: true, now);
        }

        if (session.Balances.IsLost)
        {
            _requests.Unsubscribe(_bytes, "balances", token, nextId());
            Send();
            SubscribeBalances();
        }

        if (session.IsPingDue(now))
        {
            var id = nextId();
            _requests.Ping(_bytes, id);
            session.Pinged(id, now);
            Send();
        }
    }

    public void Dispose() => _requests.Dispose();

    private void SubscribeExecutions(bool withTrades, long now)
    {
        var id = nextId();
        session.Executions.AskedFor(id, now);
        _requests.SubscribeExecutions(_bytes, withTrades, token, id);
        Send();
    }

    private void SubscribeBalances()
    {
        var id = nextId();
        session.Balances.AskedFor(id);
        _requests.SubscribeBalances(_bytes, token, id);
        Send();
    }

    /// <remarks>Where it fails the connection is over, and the next read says so.</remarks>
    private void Send() => connection.Send(_bytes.WrittenSpan);
}
