using System.Text.Json;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Faults;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>The REST methods that place and cancel orders.</summary>
internal sealed class RestOrders(Exchange.Exchange exchange, AckFaults faults)
{
    /// <remarks>A lost acknowledgement is told as <c>EService:Unavailable</c>, after which the venue's documents call the outcome unknown.</remarks>
    public string? Add(Account account, RestRequest request, Utf8JsonWriter result)
    {
        var fault = faults.Next();
        if (exchange.Closed(isOrder: true) is { } closed)
        {
            return closed;
        }

        if (fault == AckFault.Reject)
        {
            return "EService:Busy";
        }

        var terms = Entry(request).Read(out var error);
        error ??= exchange.Desk.Check(account, terms!, request.Time) ?? exchange.Rates.Order(account, terms!.Market, request.Time);
        if (error is not null)
        {
            return error;
        }

        var order = terms!.IsValidateOnly ? null : exchange.Desk.Accept(account, terms, request.Time);
        if (order is not null)
        {
            exchange.Execute(order, request.Time);
        }

        if (fault == AckFault.Lose)
        {
            return "EService:Unavailable";
        }

        result.WriteStartObject();
        result.WriteStartObject("descr");
        result.WriteString("order", OrderRows.Describe(terms));
        result.WriteEndObject();
        if (order is not null)
        {
            result.WriteStartArray("txid");
            result.WriteStringValue(order.Id);
            result.WriteEndArray();
        }

        result.WriteEndObject();
        return null;
    }

    /// <remarks><c>txid</c> may be an order id, a client id or a group number.</remarks>
    public string? Cancel(Account account, RestRequest request, Utf8JsonWriter result)
    {
        var name = request.Text("txid") ?? request.Text("cl_ord_id");
        if (name is null)
        {
            return "EGeneral:Invalid arguments";
        }

        var orders = account.OpenOrders.Values
            .Where(order => order.Id == name || order.Terms.ClientId == name || (order.Terms.UserReference is { } own && own == request.Number("txid")))
            .ToList();
        return orders.Count == 0 ? "EOrder:Unknown order" : exchange.Rates.Cancel(orders[0], request.Time) ?? CancelEach(orders, request, result);
    }

    public string? CancelAll(Account account, RestRequest request, Utf8JsonWriter result) =>
        CancelEach([.. account.OpenOrders.Values], request, result);

    /// <remarks>https://docs.kraken.com/api-reference/trading/cancel-all-orders-after-x.</remarks>
    public string? CancelAllAfter(Account account, RestRequest request, Utf8JsonWriter result)
    {
        if (request.Number("timeout") is not (>= 0 and <= 86_400 and var seconds))
        {
            return "EGeneral:Invalid arguments:timeout";
        }

        var trigger = exchange.DeadMen.Set(account, seconds, request.Time);
        result.WriteStartObject();
        result.WriteString("currentTime", Timestamps.Rfc3339(request.Time));
        result.WriteString("triggerTime", trigger is { } time ? Timestamps.Rfc3339(time) : "0");
        result.WriteEndObject();
        return null;
    }

    private string? CancelEach(List<Order> orders, RestRequest request, Utf8JsonWriter result)
    {
        foreach (var order in orders)
        {
            exchange.Cancel(order, request.Time);
        }

        result.WriteStartObject();
        result.WriteNumber("count", orders.Count);
        result.WriteEndObject();
        return null;
    }

    private OrderEntry Entry(RestRequest request) => new()
    {
        Market = exchange.Directory.ByName(request.Text("pair")),
        Side = request.Text("type"),
        Type = request.Text("ordertype"),
        Quantity = request.Decimal("volume"),
        LimitPrice = request.Decimal("price"),
        TimeInForce = request.Text("timeinforce"),
        IsPostOnly = request.Texts("oflags").Contains("post"),
        ClientId = request.Text("cl_ord_id"),
        UserReference = request.Number("userref"),
        Deadline = request.Text("deadline"),
        IsValidateOnly = request.Flag("validate"),
    };
}
