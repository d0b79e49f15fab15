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
    /// <summary>Trades of one order whose fees the venue may each round up by a step. UNSURE: no document says how fees are rounded.</summary>
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
        if (Spent(request.QuantityLots) <= request.SpendMax)
        {
            return request.QuantityLots;
        }

        // What is spent rises with every lot: halving finds the last that fits.
        var (fits, tooMany) = (0L, request.QuantityLots);
        while (tooMany - fits > 1)
        {
            var middle = fits + ((tooMany - fits) / 2);
            (fits, tooMany) = Spent(middle) <= request.SpendMax ? (middle, tooMany) : (fits, middle);
        }

        return fits;

        // One rounding is in the fee on the whole; every further trade may bring another, and a lot is the least that trades.
        decimal Spent(long lots)
        {
            var cost = instrument.Quantity(lots) * price;
            var roundings = fees.Rate > 0m ? Math.Min(RoundedTradesMax, lots) - 1 : 0;
            return cost + fees.On(cost) + (roundings * (fees.Step ?? 0m));
        }
    }
}
