using Parallax.Domain;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What taking costs, read from the venue: the account's own rate where there is an account, else the first public tier.</summary>
/// <remarks>
/// Nothing is written down here as a number: schedules change (last seen 2026-07), so they come from <c>TradeVolume</c> or from the tiers
/// of <c>AssetPairs</c>. Orders ask for the fee in quote (<c>fee_preference</c>): on top of the cost of a buy, out of the proceeds of a sell.
/// https://docs.kraken.com/api/docs/rest-api/get-trade-volume, https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs.
/// </remarks>
public static class KrakenFees
{
    /// <param name="pair">As <c>AssetPairs</c> has it.</param>
    /// <param name="account">The account's own rates; <see langword="null"/> without an account.</param>
    /// <returns><see langword="null"/> when neither names a rate: such a pair is not to be traded.</returns>
    public static FeeTerms? Taker(AssetPair pair, TradeVolume? account)
    {
        if (account?.TakerRates.TryGetValue(pair.Key, out var own) == true || account?.TakerRates.TryGetValue(pair.AltName, out own) == true)
        {
            return Terms(own, pair);
        }

        return pair.TakerFees.Count > 0 ? Terms(pair.TakerFees.MinBy(tier => tier.Volume).Rate, pair) : null;
    }

    /// <summary>Rounded up to the decimals in which the venue books costs, where it names them.</summary>
    private static FeeTerms Terms(decimal rate, AssetPair pair) =>
        new(rate, FeeMode.Quote, pair.CostDecimals is >= 0 and <= 18 and var decimals ? new decimal(1, 0, 0, false, (byte)decimals) : null);
}
