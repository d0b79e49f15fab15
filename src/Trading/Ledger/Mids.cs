using Parallax.Domain;

namespace Parallax.Trading.Ledger;

/// <summary>Mid prices between assets, for valuing what we hold in one currency. For reports: never for a decision to trade.</summary>
public sealed class Mids
{
    private readonly SortedDictionary<(Asset Base, Asset Quote), decimal> _prices = [];

    /// <param name="price">Quote per base; positive.</param>
    public void Set(Asset @base, Asset quote, decimal price)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
        _prices[(@base, quote)] = price;
    }

    /// <summary>Values an amount along the fewest prices that lead from one asset to the other; of equally short ways the first by name.</summary>
    /// <returns><see langword="false"/> when no prices lead there: an asset without a price has no value of zero, or of one.</returns>
    /// <remarks>Rounded half-even to 28 digits at each price. Allocates.</remarks>
    public bool TryConvert(decimal amount, Asset from, Asset to, out decimal value)
    {
        var reached = new Dictionary<Asset, decimal> { [from] = amount };
        var next = new Queue<Asset>([from]);
        while (next.TryDequeue(out var asset) && !reached.ContainsKey(to))
        {
            foreach (var ((@base, quote), price) in _prices)
            {
                if (@base == asset && reached.TryAdd(quote, reached[asset] * price))
                {
                    next.Enqueue(quote);
                }
                else if (quote == asset && reached.TryAdd(@base, reached[asset] / price))
                {
                    next.Enqueue(@base);
                }
            }
        }

        return reached.TryGetValue(to, out value);
    }
}
