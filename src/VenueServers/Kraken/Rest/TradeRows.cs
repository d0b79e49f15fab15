using System.Globalization;
using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>Fills as TradesHistory and QueryTrades tell them.</summary>
internal static class TradeRows
{
    public static void Write(Utf8JsonWriter json, Fill fill)
    {
        var (order, instrument) = (fill.Order, fill.Order.Market.Instrument);
        json.WriteStartObject(fill.Id);
        json.WriteString("ordertxid", order.Id);
        json.WriteString("postxid", order.Id);
        json.WriteString("pair", order.Market.Names.Key);
        json.WriteNumber("time", Timestamps.UnixSeconds(fill.Time));
        json.WriteString("type", order.Side == Side.Buy ? "buy" : "sell");
        json.WriteString("ordertype", order.Terms.Type);
        json.WriteString("price", Text(instrument.Price(fill.PriceTicks)));
        json.WriteString("cost", Text(fill.Cost));
        json.WriteString("fee", Text(fill.Fee));
        json.WriteString("vol", Text(instrument.Quantity(fill.Lots)));
        json.WriteString("margin", "0.00000");
        json.WriteString("misc", "");
        json.WriteNumber("trade_id", fill.TradeId);
        json.WriteBoolean("maker", fill.IsMaker);
        json.WriteEndObject();
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
