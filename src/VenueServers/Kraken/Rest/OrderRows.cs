using System.Globalization;
using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>Orders as OpenOrders, ClosedOrders and QueryOrders tell them.</summary>
internal static class OrderRows
{
    /// <summary>In words: <c>buy 1.25000000 XBTUSD @ limit 30010.0</c>.</summary>
    public static string Describe(OrderTerms terms)
    {
        var quantity = terms.Market.Instrument.Quantity(terms.QuantityLots).ToString("F8", CultureInfo.InvariantCulture);
        var price = terms.LimitTicks is { } limit ? $"limit {Text(terms.Market.Instrument.Price(limit))}" : "market";
        return $"{(terms.Side == Side.Buy ? "buy" : "sell")} {quantity} {terms.Market.Names.Altname} @ {price}";
    }

    public static void Write(Utf8JsonWriter json, Order order)
    {
        var (terms, instrument) = (order.Terms, order.Market.Instrument);
        json.WriteStartObject(order.Id);
        json.WriteString("refid", "None");
        json.WriteNumber("userref", terms.UserReference ?? 0);
        if (terms.ClientId is { } id)
        {
            json.WriteString("cl_ord_id", id);
        }

        json.WriteString("status", order.IsOpen ? "open" : order.Status == OrderStatus.Filled ? "closed" : "canceled");
        if (order.Reason is { } reason)
        {
            json.WriteString("reason", reason);
        }

        json.WriteNumber("opentm", Timestamps.UnixSeconds(order.OpenTime));
        if (order.CloseTime is { } closed)
        {
            json.WriteNumber("closetm", Timestamps.UnixSeconds(closed));
        }

        json.WriteNumber("starttm", 0);
        json.WriteNumber("expiretm", 0);
        json.WriteStartObject("descr");
        json.WriteString("pair", order.Market.Names.Altname);
        json.WriteString("type", terms.Side == Side.Buy ? "buy" : "sell");
        json.WriteString("ordertype", terms.Type);
        json.WriteString("price", terms.LimitTicks is { } limit ? Text(instrument.Price(limit)) : "0");
        json.WriteString("price2", "0");
        json.WriteString("leverage", "none");
        json.WriteString("order", Describe(terms));
        json.WriteString("close", "");
        json.WriteEndObject();
        json.WriteString("vol", Text(instrument.Quantity(terms.QuantityLots)));
        json.WriteString("vol_exec", Text(order.FilledQuantity));
        json.WriteString("cost", Text(order.Cost));
        json.WriteString("fee", Text(order.Fee));
        json.WriteString("price", Text(order.AveragePrice));
        json.WriteString("stopprice", "0.00000");
        json.WriteString("limitprice", "0.00000");
        json.WriteString("misc", "");
        json.WriteString("oflags", terms.IsPostOnly ? "fciq,post" : "fciq");
        if (order.Fills.Count > 0)
        {
            json.WriteStartArray("trades");
            foreach (var fill in order.Fills)
            {
                json.WriteStringValue(fill.Id);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
