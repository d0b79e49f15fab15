using Parallax.Domain;
using Parallax.Strategies.Sizing;

namespace Parallax.Strategies.Tests.Sizing;

/// <summary>The obvious version: every lot count of the first leg, each later leg by trying its quantities, in decimals.</summary>
internal static class BruteForce
{
    public readonly record struct Plan(long FirstLots, decimal Spent, decimal Received)
    {
        public decimal Profit => Received - Spent;
    }

    public static Plan Best(IReadOnlyList<(LegTerms Terms, Level[] Levels)> legs, decimal inputMax)
    {
        var best = default(Plan);
        var (terms, levels) = legs[0];
        var depth = levels.Sum(level => level.QuantityLots);
        for (var lots = terms.OrderStepLots; lots <= depth; lots += terms.OrderStepLots)
        {
            var spent = Spent(terms, levels, lots);
            if (spent > inputMax)
            {
                break;
            }

            if (TryRun(legs, lots, out var received) && received - spent > best.Profit)
            {
                best = new Plan(lots, spent, received);
            }
        }

        return best;
    }

    public static decimal Spent(LegTerms terms, Level[] levels, long lots) =>
        terms.Side == Side.Buy
            ? Notional(terms, levels, lots) + (terms.FeeAsset == FeeAsset.Quote ? Fee(terms, Notional(terms, levels, lots)) : 0)
            : Quantity(terms, lots) + (terms.FeeAsset == FeeAsset.Base ? Fee(terms, Quantity(terms, lots)) : 0);

    public static decimal Received(LegTerms terms, Level[] levels, long lots) =>
        terms.Side == Side.Buy
            ? Quantity(terms, lots) - (terms.FeeAsset == FeeAsset.Base ? Fee(terms, Quantity(terms, lots)) : 0)
            : Notional(terms, levels, lots) - (terms.FeeAsset == FeeAsset.Quote ? Fee(terms, Notional(terms, levels, lots)) : 0);

    /// <summary>The largest multiple of the order step that the amount pays for; by bisection, cost never falls with quantity.</summary>
    public static long LotsFor(LegTerms terms, Level[] levels, decimal available)
    {
        var (least, most) = (0L, levels.Sum(level => level.QuantityLots) / terms.OrderStepLots);
        while (least < most)
        {
            var middle = (least + most + 1) / 2;
            if (Spent(terms, levels, middle * terms.OrderStepLots) <= available)
            {
                least = middle;
            }
            else
            {
                most = middle - 1;
            }
        }

        return least * terms.OrderStepLots;
    }

    private static bool TryRun(IReadOnlyList<(LegTerms Terms, Level[] Levels)> legs, long firstLots, out decimal received)
    {
        received = 0m;
        var lots = firstLots;
        for (var k = 0; k < legs.Count; k++)
        {
            var (terms, levels) = legs[k];
            if (k > 0)
            {
                lots = LotsFor(terms, levels, received);
            }

            if (lots == 0 || Quantity(terms, lots) < terms.QuantityMin || Notional(terms, levels, lots) < terms.NotionalMin)
            {
                return false;
            }

            received = Received(terms, levels, lots);
        }

        return true;
    }

    private static decimal Quantity(LegTerms terms, long lots) => terms.LotSize * lots;

    private static decimal Notional(LegTerms terms, Level[] levels, long lots)
    {
        var sum = 0m;
        foreach (var level in levels)
        {
            var taken = Math.Min(lots, level.QuantityLots);
            sum += terms.TickSize * level.PriceTicks * terms.LotSize * taken;
            lots -= taken;
        }

        return sum;
    }

    private static decimal Fee(LegTerms terms, decimal over)
    {
        var exact = over * terms.Fee.Rate;
        return terms.Fee.Step is { } step ? decimal.Ceiling(exact / step) * step : exact;
    }
}
