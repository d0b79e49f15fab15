using System.Text.Json;
using Parallax.Domain;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>Binance's <c>exchangeInfo</c>: spot, USD-M and COIN-M share its shape.</summary>
internal static class BinanceExchangeInfo
{
    /// <returns>False when this is no such answer.</returns>
    /// <exception cref="FormatException">It is one, and a number in it is not.</exception>
    public static bool TryRead(JsonElement answer, InstrumentList list)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("symbols", out var symbols) || symbols.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var symbol in symbols.EnumerateArray())
        {
            if (symbol.Text("symbol") is { } name && symbol.Text("baseAsset") is { } @base && symbol.Text("quoteAsset") is { } quote
                && Asset.IsCode(@base) && Asset.IsCode(quote))
            {
                list.Add(Terms(name, new Asset(@base), new Asset(quote), symbol));
            }
        }

        return true;
    }

    private static InstrumentTerms Terms(string name, Asset @base, Asset quote, JsonElement symbol) => new(name, @base, quote)
    {
        // Steps of "0" switch a rule off.
        TickSize = Positive(Filter(symbol, "PRICE_FILTER")?.Number("tickSize")),
        LotSize = Positive(Filter(symbol, "LOT_SIZE")?.Number("stepSize")),
        QuantityMin = Filter(symbol, "LOT_SIZE")?.Number("minQty"),
        NotionalMin = Filter(symbol, "NOTIONAL")?.Number("minNotional")
            ?? Filter(symbol, "MIN_NOTIONAL")?.Number("minNotional")
            ?? Filter(symbol, "MIN_NOTIONAL")?.Number("notional"),
        ContractMultiplier = Positive(symbol.Number("contractSize")),
    };

    private static JsonElement? Filter(JsonElement symbol, string type)
    {
        if (symbol.TryGetProperty("filters", out var filters) && filters.ValueKind == JsonValueKind.Array)
        {
            foreach (var filter in filters.EnumerateArray())
            {
                if (filter.Text("filterType") == type)
                {
                    return filter;
                }
            }
        }

        return null;
    }

    private static decimal? Positive(decimal? step) => step is > 0m ? step : null;
}
