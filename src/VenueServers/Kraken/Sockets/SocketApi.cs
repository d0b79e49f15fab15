using Parallax.VenueServers.Kraken.Accounts;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>What a client may say on a WebSocket, and who answers it. Exchange thread only.</summary>
internal sealed class SocketApi(Subscriptions subscriptions, PrivateChannels privateChannels, SocketOrders orders, AccountBook accounts)
{
    private readonly Replies _replies = new();

    public void Handle(Session session, ReadOnlyMemory<byte> text, long now)
    {
        if (session.IsClosed)
        {
            return;
        }

        if (Request.Parse(text, now) is not { } request)
        {
            session.Send("{\"error\":\"Malformed request\",\"success\":false}"u8, now);
            return;
        }

        var isHandled = request.Method switch
        {
            "ping" => Pong(session, request, now),
            "subscribe" or "unsubscribe" when request.Text("channel") is "executions" or "balances" => Private(session, request, now),
            "subscribe" => subscriptions.TrySubscribe(session, request, now),
            "unsubscribe" => subscriptions.TryUnsubscribe(session, request, now),
            "add_order" or "cancel_order" or "cancel_all" or "cancel_all_orders_after" => Private(session, request, now),
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

    private bool Private(Session session, Request request, long now)
    {
        if (Refused(session, request, now) is { } error)
        {
            session.Send(_replies.Failure(request, now, error), now);
            return true;
        }

        var account = session.Account!;
        switch (request.Method, request.Text("channel"))
        {
            case ("unsubscribe", _):
                privateChannels.Unsubscribe(session, request, now);
                break;
            case ("subscribe", "executions"):
                privateChannels.SubscribeExecutions(session, request, now);
                break;
            case ("subscribe", _):
                privateChannels.SubscribeBalances(session, request, now);
                break;
            case ("add_order", _):
                orders.Add(session, account, request, now);
                break;
            case ("cancel_order", _):
                orders.Cancel(session, account, request, now);
                break;
            case ("cancel_all_orders_after", _):
                orders.CancelAllAfter(session, account, request, now);
                break;
            default:
                orders.CancelAll(session, account, request, now);
                break;
        }

        return true;
    }

    /// <summary>Binds the connection to the token's account; the token then stays good for it.</summary>
    private string? Refused(Session session, Request request, long now)
    {
        if (!session.IsPrivate)
        {
            return "Private data and trading are unavailable on this endpoint. Try ws-auth.kraken.com";
        }

        var token = request.Text("token");
        if (session.Token is null || session.Token != token)
        {
            if (accounts.ByToken(token, now) is not { } account || (session.Account is { } bound && bound != account))
            {
                return "ESession:Invalid session";
            }

            (session.Account, session.Token) = (account, token);
        }

        var needed = request.Method switch
        {
            "add_order" => KrakenPermissions.ModifyTrades,
            "cancel_order" or "cancel_all" or "cancel_all_orders_after" => KrakenPermissions.CloseTrades,
            _ when request.Text("channel") == "balances" => KrakenPermissions.QueryFunds,
            _ => KrakenPermissions.QueryOpenTrades,
        };
        return session.Account!.Can(needed) ? null : "EGeneral:Permission denied";
    }
}
