using Parallax.Domain;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution;

/// <summary>Makes a plan of a residual: the best way home on the books of this moment, straight or through one other asset.</summary>
/// <remarks>
/// The plan is a cycle that begins in its middle: it holds the residual and spends nothing. What comes of it, a partial fill or a miss, is
/// decided as for any plan, so that there has to be a market straight home even where another way pays more.
/// </remarks>
internal sealed class WorkingOff(Markets markets, Reservations reservations, HomeRoutes routes)
{
    /// <summary>What the account holds of a residual: less than is listed where a venue corrected or took back something afterwards.</summary>
    public decimal HeldOf(Opening.Residual residual) => decimal.Clamp(reservations.Balance(residual.Holding), 0m, residual.Amount);

    /// <param name="mustPay">Only when the books return the cost, less what going on after a failed leg may lose.</param>
    /// <param name="plan">Ready to open; its expected profit is what the books pay.</param>
    public bool TryPlan(Opening.Residual residual, bool mustPay, ExecutionSettings settings, Predicate<ushort> isBusy, out CyclePlan plan)
    {
        plan = null!;
        if (residual.Amount <= 0m || reservations.Available(residual.Holding) < residual.Amount
            || !markets.Spot.TryFind(residual.Holding.Venue, residual.Holding.Asset, residual.StartAsset, out var straight, out var side)
            || !routes.TryBest(residual.Holding, residual.Amount, residual.StartAsset, settings.AlternativeRoutes, isBusy, out var way)
            || (mustPay && way.Value < residual.Cost * (1m - (settings.ContinueLossBpsMax / 10_000m))))
        {
            return false;
        }

        var (start, asset) = (residual.StartAsset, residual.Holding.Asset);
        Asset[] nodes = way.Through == default ? [start, asset] : [start, asset, way.Through];
        plan = new CyclePlan(
            0,
            $"{string.Join('>', nodes)}>{start}",
            residual.Holding.Venue,
            nodes,
            [Behind(straight, side.Opposite(), way.Orders[0], residual.Amount), .. way.Orders.Select(order => new PlannedLeg(order.Instrument, order.Side, order.QuantityLots, order.LimitTicks))],
            way.Value,
            way.Value,
            0m,
            0m,
            way.Value);
        return true;
    }

    /// <summary>The leg that would have brought the residual: what going back means for such a plan.</summary>
    private PlannedLeg Behind(ushort number, Side side, in SizedOrder home, decimal amount)
    {
        if (home.Instrument == number)
        {
            return new PlannedLeg(number, side, home.QuantityLots, home.LimitTicks);
        }

        var instrument = markets.Instrument(number);
        var price = markets.Book(number).TryGetBest(side.Opposite().TakesFrom(), out var best) ? best.PriceTicks : 1;
        var quantity = side == Side.Buy ? amount : amount / instrument.Price(price);
        return new PlannedLeg(number, side, Math.Max(1, instrument.LotsDown(quantity)), price);
    }
}
