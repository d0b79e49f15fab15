using Parallax.Domain;

namespace Parallax.Trading.Execution;

/// <summary>What an amount becomes when it is traded through visible depth: continuous, without lots and fee steps, for comparing ways out.</summary>
/// <remarks>Formulas: strategies/cycles.md 1.1, docs/concepts/fees.md. Divisions round half-even at 28 digits. Allocates nothing.</remarks>
public static class BookConversion
{
    /// <summary>Spends an amount on one market.</summary>
    /// <param name="amount">Quote on a buy, base on a sell; zero or more.</param>
    /// <param name="levels">The half of the book the side takes from, best first.</param>
    /// <param name="fee">A fee in a third asset is valued as if it were taken from what is received.</param>
    /// <param name="received">Base on a buy, quote on a sell, fee paid; 0 when the result is <see langword="false"/>.</param>
    /// <returns><see langword="false"/> when the book is too thin to spend all of it.</returns>
    public static bool TryConvert(
        decimal amount, Side side, ReadOnlySpan<Level> levels, Instrument instrument, FeeTerms fee, out decimal received)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var isFeeOnSpent = fee.AssetOn(side) == (side == Side.Buy ? FeeAsset.Quote : FeeAsset.Base);
        var left = isFeeOnSpent ? amount / (1m + fee.Rate) : amount;
        received = 0m;
        foreach (ref readonly var level in levels)
        {
            if (left == 0m)
            {
                break;
            }

            var price = instrument.Price(level.PriceTicks);
            var quantity = instrument.Quantity(level.QuantityLots);
            var capacity = side == Side.Buy ? price * quantity : quantity;
            var taken = decimal.Min(left, capacity);
            received += side == Side.Buy ? (taken == capacity ? quantity : taken / price) : taken * price;
            left -= taken;
        }

        if (left > 0m)
        {
            received = 0m;
            return false;
        }

        received = isFeeOnSpent ? received : received * (1m - fee.Rate);
        return true;
    }
}
