using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Venues.Kraken.Live;

/// <summary>How many lots of an order keep its spending within what it may spend (docs/decisions/0004).</summary>
/// <remarks>
/// The venue has no field for that, and holds <c>quantity × limit</c> plus fee at entry. So a buy is cut to what could be paid if every lot
/// traded at the limit; it may leave something unspent that a walk through the book would have used. A sell spends its quantity, the fee
/// being in quote.
/// </remarks>
internal static class SpendRule
{
    /// <summary>Trades of one order whose fees the venue may each round up by a step.</summary>
    private const int RoundedTradesMax = 8;

    /// <returns>Lots, not more than asked for; zero when not even one fits.</returns>
    public static long Lots(in OrderRequest request, Instrument instrument, FeeTerms fees)
    {
        if (request.Side == Side.Sell)
        {
            return request.SpendMax >= instrument.Quantity(request.QuantityLots)
                ? request.QuantityLots
                : Math.Max(0, instrument.LotsDown(request.SpendMax));
        }

        var price = instrument.Price(request.LimitTicks);
        var budget = request.SpendMax - (RoundedTradesMax * (fees.Step ?? 0m));
        if (Spent(request.QuantityLots) <= budget)
        {
            return request.QuantityLots;
        }

        // Below what was asked for, so it fits a long; off by the fee's rounding at the most.
        var lots = budget <= 0m ? 0 : (long)(budget / (price * instrument.LotSize * (1m + Math.Max(0m, fees.Rate))));
        return lots > 0 && Spent(lots) > budget ? lots - 1 : lots;

        decimal Spent(long lots)
        {
            var cost = instrument.Quantity(lots) * price;
            return cost + fees.On(cost);
        }
    }
}
