using Parallax.Domain;

namespace Parallax.Simulation.Fills;

/// <summary>What an order may still spend: matching stops before the order's own limit is passed (docs/decisions/0004).</summary>
/// <param name="max">Of the asset the order spends, fees in that asset included.</param>
public struct SpendBudget(decimal max, FeeModel fees, ushort number, Instrument instrument, Side side)
{
    private decimal _quantity;
    private decimal _notional;

    /// <summary>The largest part of <paramref name="lots"/> at a price that fits the budget; counts it as spent.</summary>
    public long Take(long priceTicks, long lots)
    {
        var affordable = lots;
        if (Spent(priceTicks, lots) > max)
        {
            // Fee steps make the cost uneven but never falling, so halving finds the largest that fits.
            var (low, high) = (0L, lots);
            while (low < high - 1)
            {
                var middle = low + ((high - low) / 2);
                if (Spent(priceTicks, middle) <= max)
                {
                    low = middle;
                }
                else
                {
                    high = middle;
                }
            }

            affordable = low;
        }

        var quantity = instrument.Quantity(affordable) * instrument.ContractMultiplier;
        _quantity += quantity;
        _notional += quantity * instrument.Price(priceTicks);
        return affordable;
    }

    private readonly decimal Spent(long priceTicks, long lots)
    {
        var more = instrument.Quantity(lots) * instrument.ContractMultiplier;
        var quantity = _quantity + more;
        var notional = _notional + (more * instrument.Price(priceTicks));
        var spent = side == Side.Buy ? notional : quantity;
        var isFeeOnSpent = fees.AssetOn(number, instrument, side) == (side == Side.Buy ? instrument.Quote : instrument.Base);
        return isFeeOnSpent ? spent + fees.Charged(number, side, quantity, notional) : spent;
    }
}
