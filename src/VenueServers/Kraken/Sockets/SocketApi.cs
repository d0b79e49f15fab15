
namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>What a client may say on a WebSocket, and who answers it. Exchange thread only.</summary>
internal sealed class SocketApi(Subscriptions subscriptions)
{
    private readonly Replies _replies = new();

    public void Handle(Session session, ReadOnlyMemory<byte> text, long now)
    {
        if (Request.Parse(text, now) is not { } request)
        {
            session.Send("{\"error\":\"Malformed request\",\"success\":false}"u8, now);
            return;
        }

        var isHandled = request.Method switch
        {
            "ping" => Pong(session, request, now),
            "subscribe" => subscriptions.TrySubscribe(session, request, now),
            "unsubscribe" => subscriptions.TryUnsubscribe(session, request, now),
            _ => false,
        };
        if (!isHandled)
        {
            session.Send(_replies.Failure(request, now, "Method or channel not supported"), now);
        }
    }

    private bool Pong(Session session, Request request, long now)
    {
        session.Send(_replies.Pong(request, now), now);
        return true;
    }
}
