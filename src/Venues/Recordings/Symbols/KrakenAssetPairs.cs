using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Recordings.Values;
using Spelling = Parallax.Venues.Kraken.Symbols;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>Kraken's answer to <c>GET /0/public/AssetPairs</c>, of any year.</summary>
internal static class KrakenAssetPairs
{
    /// <param name="answer">The whole answer, or the object inside its <c>result</c>.</param>
    /// <returns>False when this is no such answer.</returns>
    /// <exception cref="FormatException">It is one, and a number in it is not.</exception>
    public static bool TryRead(JsonElement answer, InstrumentList list)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var pairs = answer.TryGetProperty("result", out var result) ? result : answer;
        if (pairs.ValueKind != JsonValueKind.Object || !pairs.EnumerateObject().Any(pair => pair.Value.Text("altname") is not null))
        {
            return false;
        }

        foreach (var pair in pairs.EnumerateObject())
        {
            Add(pair.Name, pair.Value, list);
        }

        return true;
    }

    private static void Add(string key, JsonElement pair, InstrumentList list)
    {
        // Dark pools (.d) have no public book, and pairs without wsname none on the feed.
        var wsname = pair.Text("wsname");
        var assets = wsname?.Split('/');
        if (assets is not { Length: 2 } || key.EndsWith(".d", StringComparison.Ordinal) || !Asset.IsCode(assets[0]) || !Asset.IsCode(assets[1]))
        {
            return;
        }

        var (priceDecimals, quantityDecimals) = (Decimals(pair, "pair_decimals"), Decimals(pair, "lot_decimals"));
        var (@base, quote) = (new Asset(Spelling.CommonCode(assets[0])), new Asset(Spelling.CommonCode(assets[1])));
        list.Add(
            new InstrumentTerms($"{@base}/{quote}", @base, quote)
            {
                Kind = InstrumentKind.Spot,
                TickSize = pair.Number("tick_size") ?? StepOf(priceDecimals),
                LotSize = StepOf(quantityDecimals),
                PriceDecimals = priceDecimals,
                QuantityDecimals = quantityDecimals,
                QuantityMin = pair.Number("ordermin"),
                NotionalMin = pair.Number("costmin"),
            },
            wsname, pair.Text("altname"), key);
    }

    private static decimal? StepOf(int? decimals) => decimals is { } known ? Grid.StepOf(known) : null;

    private static int? Decimals(JsonElement pair, string name) => pair.Number(name) switch
    {
        null => null,
        >= 0m and <= WireNumber.DecimalsMax and var decimals => (int)decimals,
        var other => throw new FormatException($"{name} is 0 to {WireNumber.DecimalsMax}; found {other}"),
    };
}
