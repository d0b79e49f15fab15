using Parallax.Domain;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution;

/// <summary>Makes a plan of a residual: one leg home, on the book of this moment.</summary>
/// <remarks>
/// The plan is a cycle of two legs on one market that begins in its middle: it holds the residual and spends nothing. What comes of it, a
/// partial fill or a miss, is decided as for any plan.
/// </remarks>
internal sealed class WorkingOff(Markets markets, Reservations reservations, LegQuotes quotes)
{
    /// <param name="mustPay">Only when the book returns the cost, less what going on after a failed leg may lose.</param>
    /// <param name="plan">Ready to open; its expected profit is what the book pays.</param>
    public bool TryPlan(Opening.Residual residual, bool mustPay, ExecutionSettings settings, out CyclePlan plan)
    {
        plan = null!;
        if (residual.Amount <= 0m || reservations.Available(residual.Holding) < residual.Amount
            || !TryMarket(residual, out var instrument, out var side)
            || !quotes.TryAtBook(instrument, side, residual.Amount, out var home)
            || !quotes.TryValue(instrument, side, residual.Amount, out var value)
            || (mustPay && value < residual.Cost * (1m - (settings.ContinueLossBpsMax / 10_000m))))
        {
            return false;
        }

        var (start, asset) = (residual.StartAsset, residual.Holding.Asset);
        plan = new CyclePlan(
            0,
            $"{start}>{asset}>{start}",
            residual.Holding.Venue,
            [start, asset],
            [new PlannedLeg(instrument, side.Opposite(), home.QuantityLots, home.LimitTicks), new PlannedLeg(instrument, side, home.QuantityLots, home.LimitTicks)],
            value,
            value,
            0m,
            0m,
            value);
        return true;
    }

    private bool TryMarket(Opening.Residual residual, out ushort number, out Side side)
    {
        for (number = 0; number < markets.Count; number++)
        {
            var instrument = markets.Instrument(number);
            if (instrument.Id.Venue == residual.Holding.Venue && instrument.Id.Kind == InstrumentKind.Spot)
            {
                if (instrument.Base == residual.Holding.Asset && instrument.Quote == residual.StartAsset)
                {
                    side = Side.Sell;
                    return true;
                }

                if (instrument.Quote == residual.Holding.Asset && instrument.Base == residual.StartAsset)
                {
                    side = Side.Buy;
                    return true;
                }
            }
        }

        side = default;
        return false;
    }
}
