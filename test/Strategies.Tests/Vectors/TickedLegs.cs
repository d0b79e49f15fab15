using System.Text.Json;
using Parallax.Domain;
using Parallax.Strategies.Sizing;

namespace Parallax.Strategies.Tests.Vectors;

/// <summary>Puts a vector's decimal prices and quantities on a grid of ticks and lots.</summary>
/// <remarks>Generated vectors have sixty digits; a grid holds the first fifteen or so, which is what binary64 holds too.</remarks>
internal static class TickedLegs
{
    public static ContinuousSizer Load(JsonElement input)
    {
        var sizer = new ContinuousSizer();
        foreach (var leg in input.GetProperty("legs").EnumerateArray())
        {
            var (terms, levels) = Ticked(leg);
            sizer.Add(terms, levels);
        }

        return sizer;
    }

    public static (LegTerms Terms, Level[] Levels) Ticked(JsonElement leg)
    {
        var texts = leg.GetProperty("levels").EnumerateArray().Select(level => (Price: Cut(level[0].GetString()!), Quantity: Cut(level[1].GetString()!))).ToList();
        var lot = leg.IsNull("lot") ? (decimal?)null : leg.Decimal("lot");
        var tick = Unit(texts.Select(text => text.Price));
        var unit = Unit(texts.Select(text => text.Quantity).Concat(lot is { } step ? [step] : []));
        var terms = new LegTerms
        {
            Side = leg.Side(),
            TickSize = tick,
            LotSize = unit,
            OrderStepLots = (long)((lot ?? unit) / unit),
            QuantityMin = leg.DecimalOrNone("minQty") ?? 0m,
            NotionalMin = leg.DecimalOrNone("minNotional") ?? 0m,
            Fee = leg.Fee(),
        };
        return (terms, [.. texts.Select(text => new Level((long)(text.Price / tick), (long)(text.Quantity / unit)))]);
    }

    private static decimal Cut(string text)
    {
        var value = VectorReading.ParseExact(text).ToDecimal();
        var digits = 16;
        for (var whole = decimal.Truncate(value); whole != 0m; whole = decimal.Truncate(whole / 10m))
        {
            digits--;
        }

        return decimal.Round(value, Math.Max(0, digits));
    }

    /// <summary>The largest power of ten that all values are multiples of, at most 1.</summary>
    private static decimal Unit(IEnumerable<decimal> values)
    {
        var unit = 1m;
        foreach (var value in values)
        {
            while (value % unit != 0m)
            {
                unit /= 10m;
            }
        }

        return unit;
    }
}
