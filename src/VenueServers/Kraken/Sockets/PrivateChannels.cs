using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>The <c>executions</c> and <c>balances</c> channels: each subscription counts its messages from 1, the snapshot.</summary>
internal sealed class PrivateChannels(IReadOnlyList<Session> sessions, IdSource ids, Func<Asset, decimal> inUsd) : IOrderEvents
{
    private readonly Replies _replies = new();
    private readonly Dictionary<Session, byte[]> _held = [];
    private ExecutionFault _fault;

    /// <summary>Lets a fault befall the next message about orders of every connection.</summary>
    public void Order(ExecutionFault fault) => _fault = fault;

    public void SubscribeExecutions(Session session, Request request, long now)
    {
        if (session.ExecutionsSequence is not null)
        {
            session.Send(_replies.Failure(request, now, "Already subscribed"), now);
            return;
        }

        Accept(session, request, "executions", now);
        session.ExecutionsSequence = 0;
        var areOrdersWanted = request.Flag("snap_orders") ?? true;
        var areTradesWanted = request.Flag("snap_trades") ?? false;
        SendExecutions(session, "snapshot", now, json =>
        {
            foreach (var fill in areTradesWanted ? session.Account!.Fills.TakeLast(50) : [])
            {
                ExecutionRows.Traded(json, fill, fill.Fee * inUsd(fill.Order.Market.Instrument.Quote));
            }

            foreach (var order in areOrdersWanted ? session.Account!.OpenOrders.Values : Enumerable.Empty<Order>())
            {
                ExecutionRows.Status(json, order, UsdFee(order));
            }
        });
    }

    public void SubscribeBalances(Session session, Request request, long now)
    {
        if (session.BalancesSequence is not null)
        {
            session.Send(_replies.Failure(request, now, "Already subscribed"), now);
            return;
        }

        Accept(session, request, "balances", now);
        session.BalancesSequence = 0;
        SendBalances(session, "snapshot", now, json =>
        {
            foreach (var (asset, funds) in session.Account!.Balances)
            {
                BalanceRows.Snapshot(json, asset, funds);
            }
        });
    }

    public void Unsubscribe(Session session, Request request, long now)
    {
        var channel = request.Text("channel")!;
        var was = channel == "executions" ? session.ExecutionsSequence : session.BalancesSequence;
        if (was is null)
        {
            session.Send(_replies.Failure(request, now, "Subscription Not Found"), now);
            return;
        }

        (session.ExecutionsSequence, session.BalancesSequence) =
            channel == "executions" ? (null, session.BalancesSequence) : (session.ExecutionsSequence, (ulong?)null);
        session.Send(_replies.Success(request, now, json => json.WriteString("channel", channel)), now);
    }

    public void Opened(Order order, long now)
    {
        ToExecutions(order.Account, now, json => ExecutionRows.PendingNew(json, order));
        ToExecutions(order.Account, now, json => ExecutionRows.New(json, order));
    }

    public void Traded(Fill fill, long now)
    {
        var account = fill.Order.Account;
        ToExecutions(account, now, json => ExecutionRows.Traded(json, fill, fill.Fee * inUsd(fill.Order.Market.Instrument.Quote)));
        foreach (var session in sessions)
        {
            if (session.Account == account && session.BalancesSequence is not null)
            {
                SendBalances(session, "update", now, json => BalanceRows.Traded(json, fill, ids, now));
            }
        }
    }

    /// <summary>Money came in or went out.</summary>
    public void Moved(Account account, LedgerEntry entry, long now)
    {
        foreach (var session in sessions)
        {
            if (session.Account == account && session.BalancesSequence is not null)
            {
                SendBalances(session, "update", now, json => BalanceRows.Moved(json, entry));
            }
        }
    }

    public void Filled(Order order, long now) => ToExecutions(order.Account, now, json => ExecutionRows.Filled(json, order, UsdFee(order), now));

    public void Canceled(Order order, long now) => ToExecutions(order.Account, now, json => ExecutionRows.Canceled(json, order, UsdFee(order), now));

    private decimal UsdFee(Order order) => order.Fee * inUsd(order.Market.Instrument.Quote);

    private void Accept(Session session, Request request, string channel, long now)
    {
        session.HasSubscribed = true;
        session.Send(
            _replies.Success(request, now, json =>
            {
                json.WriteString("channel", channel);
                json.WriteBoolean("snapshot", true);
            }),
            now);
    }

    private void ToExecutions(Account account, long now, Action<Utf8JsonWriter> row)
    {
        foreach (var session in sessions)
        {
            if (session.Account == account && session.ExecutionsSequence is not null)
            {
                SendExecutions(session, "update", now, row);
            }
        }
    }

    private void SendExecutions(Session session, string type, long now, Action<Utf8JsonWriter> rows)
    {
        session.ExecutionsSequence++;
        var message = Message("executions", type, session.ExecutionsSequence!.Value, rows);
        var fault = type == "update" ? _fault : ExecutionFault.None;
        if (fault == ExecutionFault.Swap)
        {
            _fault = ExecutionFault.None;
            _held[session] = message.ToArray();
            return;
        }

        if (fault != ExecutionFault.Drop)
        {
            session.Send(message, now);
        }

        if (fault == ExecutionFault.Duplicate)
        {
            session.Send(message, now);
        }

        if (_held.Remove(session, out var held))
        {
            session.Send(held, now);
        }

        _fault = fault == ExecutionFault.None ? _fault : ExecutionFault.None;
    }

    private void SendBalances(Session session, string type, long now, Action<Utf8JsonWriter> rows)
    {
        session.BalancesSequence++;
        session.Send(Message("balances", type, session.BalancesSequence!.Value, rows), now);
    }

    private ReadOnlySpan<byte> Message(string channel, string type, ulong sequence, Action<Utf8JsonWriter> rows) => _replies.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("channel", channel);
        json.WriteString("type", type);
        json.WriteStartArray("data");
        rows(json);
        json.WriteEndArray();
        json.WriteNumber("sequence", sequence);
        json.WriteEndObject();
    });
}
