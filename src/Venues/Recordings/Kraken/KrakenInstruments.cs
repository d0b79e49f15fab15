using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Recordings.Symbols;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Kraken;

/// <summary>The data of an <c>instrument</c> frame of WebSocket v2.</summary>
internal static class KrakenInstruments
{
    /// <exception cref="FormatException">A number in it is none.</exception>
    public static void Read(JsonElement data, InstrumentList list)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("pairs", out var pairs) || pairs.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var pair in pairs.EnumerateArray())
        {
            if (pair.Text("symbol") is { Length: > 0 } symbol && pair.Text("base") is { } @base && pair.Text("quote") is { } quote
                && Asset.IsCode(@base) && Asset.IsCode(quote))
            {
                list.Add(new InstrumentTerms(symbol, new Asset(@base), new Asset(quote))
                {
                    Kind = InstrumentKind.Spot,
                    TickSize = pair.Number("price_increment") ?? pair.Number("tick_size"),
                    LotSize = pair.Number("qty_increment"),
                    QuantityMin = pair.Number("qty_min"),
                    NotionalMin = pair.Number("cost_min"),
                    PriceDecimals = Decimals(pair, "price_precision"),
                    QuantityDecimals = Decimals(pair, "qty_precision"),
                });
            }
        }
    }

    private static int? Decimals(JsonElement pair, string name) => pair.Number(name) switch
    {
        null => null,
        >= 0m and <= WireNumber.DecimalsMax and var decimals => (int)decimals,
        var other => throw new FormatException($"{name} is 0 to {WireNumber.DecimalsMax}; found {other}"),
    };
}
