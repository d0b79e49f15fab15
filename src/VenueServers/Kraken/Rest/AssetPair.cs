using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>One entry of AssetPairs.</summary>
internal static class AssetPair
{
    public static void Write(Utf8JsonWriter json, Market market, KrakenFees fees)
    {
        var (names, instrument) = (market.Names, market.Instrument);
        json.WriteStartObject(names.Key);
        json.WriteString("altname", names.Altname);
        json.WriteString("wsname", names.Wsname);
        json.WriteString("aclass_base", "currency");
        json.WriteString("base", names.Base.Key);
        json.WriteString("aclass_quote", "currency");
        json.WriteString("quote", names.Quote.Key);
        json.WriteString("lot", "unit");
        json.WriteNumber("cost_decimals", market.CostDecimals);
        json.WriteNumber("pair_decimals", instrument.PriceDecimals);
        json.WriteNumber("lot_decimals", instrument.QuantityDecimals);
        json.WriteNumber("lot_multiplier", 1);
        Empty("leverage_buy");
        Empty("leverage_sell");
        OneTier("fees", fees.Taker);
        OneTier("fees_maker", fees.Maker);
        json.WriteString("fee_volume_currency", "ZUSD");
        json.WriteNumber("margin_call", 80);
        json.WriteNumber("margin_stop", 40);
        json.WriteString("ordermin", Decimals.Plain(instrument.QuantityMin));
        json.WriteString("costmin", Decimals.Plain(instrument.NotionalMin));
        json.WriteString("tick_size", Decimals.Plain(instrument.TickSize));
        json.WriteString("status", market.Status);

        // No margin trading here.
        json.WriteNumber("long_position_limit", 0);
        json.WriteNumber("short_position_limit", 0);
        json.WriteEndObject();

        void Empty(string name)
        {
            json.WriteStartArray(name);
            json.WriteEndArray();
        }

        // Volume from which the tier holds, and percent.
        void OneTier(string name, decimal rate)
        {
            json.WriteStartArray(name);
            json.WriteStartArray();
            json.WriteNumberValue(0);
            json.WriteNumberValue(Decimals.Trim(rate * 100));
            json.WriteEndArray();
            json.WriteEndArray();
        }
    }
}
