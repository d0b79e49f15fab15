using Parallax.Domain;

namespace Parallax.Trading.Ledger;

/// <summary>What trading earned, valued in one currency.</summary>
/// <param name="Value">Sum over the assets that have a price, in the reporting currency.</param>
/// <param name="Unpriced">Assets whose result is not zero and that nothing values; not part of <paramref name="Value"/>. By name.</param>
public sealed record ProfitAndLoss(Asset Currency, decimal Value, IReadOnlyList<Asset> Unpriced)
{
    /// <summary>What trades, fees and rounding did to one asset over all venues; capital, deposits and withdrawals are no profit.</summary>
    public static decimal Of(GeneralLedger ledger, Asset asset) =>
        (ledger.Sum(Account.Holdings, asset) + ledger.Sum(Account.External, asset)).Value;

    /// <summary>Values every asset's result at the prices given.</summary>
    /// <remarks>
    /// Only what trading changed is valued, not what was held before: an arbitrage platform earns by trades, and capital that rises or
    /// falls with its market is neither its profit nor its loss.
    /// </remarks>
    public static ProfitAndLoss In(Asset currency, GeneralLedger ledger, Mids mids)
    {
        var value = 0m;
        var unpriced = new List<Asset>();
        foreach (var asset in ledger.Holdings.Select(holding => holding.Asset).Distinct())
        {
            var result = Of(ledger, asset);
            if (result != 0m && !mids.TryConvert(result, asset, currency, out result))
            {
                unpriced.Add(asset);
                continue;
            }

            value += result;
        }

        return new ProfitAndLoss(currency, value, unpriced);
    }
}
