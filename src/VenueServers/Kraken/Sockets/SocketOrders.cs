using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Faults;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>The order methods of the private WebSocket: <c>add_order</c>, <c>cancel_order</c>, <c>cancel_all</c>, <c>cancel_all_orders_after</c>.</summary>
internal sealed class SocketOrders(Exchange.Exchange exchange, AckFaults faults)
{
    private readonly Replies _replies = new();
    private ulong _orders;

    public void Add(Session session, Account account, Request request, long now)
    {
        var fault = faults.Next();
        var error = exchange.Closed(isOrder: true) ?? (fault == AckFault.Reject ? "EService:Busy" : null);
        var terms = error is null ? Entry(request).Read(out error) : null;
        error ??= exchange.Desk.Check(account, terms!, now) ?? exchange.Rates.Order(account, terms!.Market, now);
        if (error is not null)
        {
            session.Send(_replies.Failure(request, now, error), now);
            return;
        }

        if (terms!.IsValidateOnly)
        {
            session.Send(_replies.Success(request, now, _ => { }), now);
            return;
        }

        // Acknowledgement and executions take different ways on the venue, and either may be first: here they take turns.
        var order = exchange.Desk.Accept(account, terms, now);
        var isAckFirst = _orders++ % 2 == 0;
        if (isAckFirst)
        {
            Acknowledge(session, request, order, fault, now);
        }

        exchange.Execute(order, now);
        if (!isAckFirst)
        {
            Acknowledge(session, request, order, fault, now);
        }
    }

    /// <summary>One answer for each id.</summary>
    public void Cancel(Session session, Account account, Request request, long now)
    {
        var orders = account.OpenOrders.Values;
        var byId = request.Texts("order_id").Select(id => (Name: id, Order: account.OpenOrders.GetValueOrDefault(id)));
        var byClientId = request.Texts("cl_ord_id").Select(id => (Name: id, Order: orders.FirstOrDefault(order => order.Terms.ClientId == id)));
        var wanted = byId.Concat(byClientId).ToList();
        if (request.Numbers("order_userref") is { Count: > 0 } references)
        {
            wanted.AddRange(orders.Where(order => order.Terms.UserReference is { } own && references.Contains(own)).Select(order => (order.Id, (Order?)order)));
        }

        if (wanted.Count == 0)
        {
            session.Send(_replies.Failure(request, now, request.Has("order_userref") ? "EOrder:Unknown order" : "EGeneral:Invalid arguments"), now);
        }

        foreach (var (name, order) in wanted)
        {
            // Two ids of one request may name one order.
            if (order is not { IsOpen: true })
            {
                session.Send(_replies.Failure(request, now, "EOrder:Unknown order"), now);
                continue;
            }

            if (exchange.Rates.Cancel(order, now) is { } refused)
            {
                session.Send(_replies.Failure(request, now, refused), now);
                continue;
            }

            exchange.Cancel(order, now);
            session.Send(
                _replies.Success(request, now, json =>
                {
                    json.WriteString("order_id", order.Id);
                    if (order.Terms.ClientId == name)
                    {
                        json.WriteString("cl_ord_id", name);
                    }
                }),
                now);
        }
    }

    public void CancelAll(Session session, Account account, Request request, long now)
    {
        var open = account.OpenOrders.Values.ToList();
        foreach (var order in open)
        {
            exchange.Cancel(order, now);
        }

        session.Send(_replies.Success(request, now, json => json.WriteNumber("count", open.Count)), now);
    }

    public void CancelAllAfter(Session session, Account account, Request request, long now)
    {
        if (request.Number("timeout") is not (>= 0 and <= 86_400 and var seconds))
        {
            session.Send(_replies.Failure(request, now, "EGeneral:Invalid arguments:timeout"), now);
            return;
        }

        var trigger = exchange.DeadMen.Set(account, seconds, now);
        session.Send(
            _replies.Success(request, now, json =>
            {
                json.WriteString("currentTime", Timestamps.Rfc3339(now));
                json.WriteString("triggerTime", trigger is { } time ? Timestamps.Rfc3339(time) : "0");
            }),
            now);
    }

    private void Acknowledge(Session session, Request request, Order order, AckFault fault, long now)
    {
        if (fault == AckFault.Lose)
        {
            return;
        }

        if (fault == AckFault.Delay)
        {
            exchange.Agenda.Add(now + faults.DelayNanos(), later => Send(later));
            return;
        }

        Send(now);

        void Send(long time) => session.Send(
            _replies.Success(request, time, json =>
            {
                json.WriteString("order_id", order.Id);
                if (order.Terms.ClientId is { } id)
                {
                    json.WriteString("cl_ord_id", id);
                }

                json.WriteNumber("order_userref", order.Terms.UserReference ?? 0);
            }),
            time);
    }

    private OrderEntry Entry(Request request) => new()
    {
        Market = exchange.Directory.BySymbol(request.Text("symbol")),
        Side = request.Text("side"),
        Type = request.Text("order_type"),
        Quantity = request.Decimal("order_qty"),
        LimitPrice = request.Decimal("limit_price"),
        TimeInForce = request.Text("time_in_force"),
        IsPostOnly = request.Flag("post_only") ?? false,
        ClientId = request.Text("cl_ord_id"),
        UserReference = request.Number("order_userref"),
        Deadline = request.Text("deadline"),
        IsValidateOnly = request.Flag("validate") ?? false,
    };
}
