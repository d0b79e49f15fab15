using Parallax.Domain;
using Parallax.Strategies.Sizing;

namespace Parallax.Measurements.Cycles;

/// <summary>The obvious search for the best size on lots: every quantity of the first leg, the others walk their books, in decimals.</summary>
internal static class EveryLot
{
    /// <summary>For legs that all pay their fee from what they receive, without a fee step.</summary>
    /// <returns>The largest profit; 0 when no quantity pays.</returns>
    public static decimal Best(IReadOnlyList<(LegTerms Terms, Level[] Levels)> legs, decimal inputMax)
    {
        var best = 0m;
        var depth = legs[0].Levels.Sum(level => level.QuantityLots);
        for (var lots = 1L; lots <= depth; lots++)
        {
            var (spent, amount) = Trade(legs[0], lots);
            if (spent > inputMax)
            {
                break;
            }

            for (var k = 1; k < legs.Count && amount > 0m; k++)
            {
                amount = Trade(legs[k], LotsFor(legs[k], amount)).Received;
            }

            best = decimal.Max(best, amount - spent);
        }

        return best;
    }

    private static (decimal Spent, decimal Received) Trade((LegTerms Terms, Level[] Levels) leg, long lots)
    {
        var (terms, levels) = leg;
        var notional = 0m;
        var left = lots;
        foreach (var level in levels)
        {
            var taken = Math.Min(left, level.QuantityLots);
            notional += level.PriceTicks * terms.TickSize * taken * terms.LotSize;
            left -= taken;
        }

        if (notional < terms.NotionalMin)
        {
            return (notional, 0m);
        }

        var quantity = lots * terms.LotSize;
        return terms.Side == Side.Buy ? (notional, quantity - terms.Fee.On(quantity)) : (quantity, notional - terms.Fee.On(notional));
    }

    private static long LotsFor((LegTerms Terms, Level[] Levels) leg, decimal amount)
    {
        var (terms, levels) = leg;
        var lots = 0L;
        foreach (var level in levels)
        {
            var each = terms.LotSize * (terms.Side == Side.Buy ? level.PriceTicks * terms.TickSize : 1m);
            var taken = Math.Min(level.QuantityLots, (long)(amount / each));
            lots += taken;
            amount -= taken * each;
            if (taken < level.QuantityLots)
            {
                break;
            }
        }

        return lots;
    }
}
