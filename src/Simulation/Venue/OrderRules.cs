using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Venue;

/// <summary>What a venue checks before it matches an order.</summary>
internal static class OrderRules
{
    /// <returns>The venue's words for the first rule broken; <see langword="null"/> when the order is in order.</returns>
    /// <remarks>The minimum notional is checked at the limit price, as venues do: what an order will trade at is not known before.</remarks>
    public static string? Broken(in OrderRequest order, Instrument instrument)
    {
        if (order.TimeInForce is not (TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill))
        {
            return $"time in force {order.TimeInForce} is not supported";
        }

        if (order.LimitTicks <= 0)
        {
            return $"price is not a positive multiple of the tick size {instrument.TickSize}";
        }

        if (order.QuantityLots <= 0)
        {
            return $"quantity is not a positive multiple of the lot size {instrument.LotSize}";
        }

        var quantity = instrument.Quantity(order.QuantityLots);
        if (quantity < instrument.QuantityMin)
        {
            return $"quantity {quantity} is below the minimum {instrument.QuantityMin} {instrument.Base}";
        }

        var notional = quantity * instrument.Price(order.LimitTicks) * instrument.ContractMultiplier;
        return notional < instrument.NotionalMin
            ? $"notional {notional} is below the minimum {instrument.NotionalMin} {instrument.Quote}"
            : null;
    }
}
