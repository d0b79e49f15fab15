using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Markets;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>The <c>instrument</c> channel; alone among the channels its data is an object.</summary>
internal static class InstrumentMessages
{
    public static void WriteSnapshot(Utf8JsonWriter json, IEnumerable<Market> markets, IEnumerable<AssetNames> assets) =>
        Write(json, "snapshot", markets, assets);

    /// <summary>What has changed: markets whose status did.</summary>
    public static void WriteUpdate(Utf8JsonWriter json, IEnumerable<Market> markets) => Write(json, "update", markets, []);

    private static void Write(Utf8JsonWriter json, string type, IEnumerable<Market> markets, IEnumerable<AssetNames> assets)
    {
        json.WriteStartObject();
        json.WriteString("channel", "instrument");
        json.WriteString("type", type);
        json.WriteStartObject("data");
        json.WriteStartArray("assets");
        foreach (var asset in assets)
        {
            Write(json, asset);
        }

        json.WriteEndArray();
        json.WriteStartArray("pairs");
        foreach (var market in markets)
        {
            Write(json, market);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AssetNames asset)
    {
        json.WriteStartObject();
        json.WriteString("id", asset.Asset.Code);
        json.WriteString("status", "enabled");
        json.WriteNumber("precision", asset.Decimals);
        json.WriteNumber("precision_display", asset.DisplayDecimals);
        json.WriteBoolean("borrowable", true);
        json.WriteNumber("collateral_value", 1.0m);
        json.WriteNumber("margin_rate", 0.015m);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Market market)
    {
        var instrument = market.Instrument;
        json.WriteStartObject();
        json.WriteString("symbol", market.Names.Symbol);
        json.WriteString("base", instrument.Base.Code);
        json.WriteString("quote", instrument.Quote.Code);
        json.WriteString("status", market.Status);
        json.WriteNumber("qty_precision", instrument.QuantityDecimals);
        json.WriteNumber("qty_increment", Decimals.Trim(instrument.LotSize));
        json.WriteNumber("price_precision", instrument.PriceDecimals);
        json.WriteNumber("cost_precision", market.CostDecimals);
        json.WriteBoolean("marginable", false);
        json.WriteBoolean("has_index", true);
        json.WriteNumber("cost_min", Decimals.Trim(instrument.NotionalMin));
        json.WriteNumber("tick_size", Decimals.Trim(instrument.TickSize));
        json.WriteNumber("price_increment", Decimals.Trim(instrument.TickSize));
        json.WriteNumber("qty_min", Decimals.Trim(instrument.QuantityMin));
        json.WriteEndObject();
    }
}
