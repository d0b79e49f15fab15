using System.Net.WebSockets;
using Parallax.VenueServers.Kraken.Exchange;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>Carries one client's bytes to the exchange and back, until either side ends it.</summary>
internal sealed class SocketConnection(WebSocket socket, ExchangeThread thread, SocketApi api)
{
    private const int RequestMax = 64 * 1024;

    public async Task RunAsync(bool isPrivate, CancellationToken cancellation)
    {
        using var outbox = new Outbox();
        var session = await thread.AskAsync((exchange, now) => exchange.Connect(outbox, isPrivate, now), cancellation);
        var sending = outbox.SendAsync(socket);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, outbox.Closed);
            await ReceiveAsync(session, either.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException)
        {
            // The client or the exchange has ended it; there is nobody to tell.
        }
        finally
        {
            await thread.AskAsync((exchange, _) => Leave(exchange, session), CancellationToken.None);
            socket.Abort();
            await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool Leave(Exchange.Exchange exchange, Session session)
    {
        exchange.Disconnect(session);
        session.Close();
        return true;
    }

    private async Task ReceiveAsync(Session session, CancellationToken cancellation)
    {
        var buffer = new byte[RequestMax];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
                return;
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                var text = buffer.AsSpan(0, length).ToArray();
                thread.Post((_, now) => api.Handle(session, text, now));
                length = 0;
            }
            else if (length == buffer.Length)
            {
                return;
            }
        }
    }
}
