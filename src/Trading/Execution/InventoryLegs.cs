using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution;

/// <summary>Plans whose legs are paid from inventory: sends them together, and buys back what a leg that did not fill left short.</summary>
internal sealed class InventoryLegs(Markets markets, Reservations reservations, OrderDesk desk, LegQuotes quotes)
{
    /// <summary>All legs, or with a hybrid plan the one whose book is the thinnest.</summary>
    public void SendFirst(Plan plan)
    {
        if (plan.Policy == ExecutionPolicy.Hybrid)
        {
            plan.Thinnest = ThinnestOf(plan.Planned);
            Send(plan, plan.Thinnest, plan.Planned.Legs[plan.Thinnest].QuantityLots);
            return;
        }

        for (var leg = 0; leg < plan.Planned.Legs.Length; leg++)
        {
            Send(plan, leg, plan.Planned.Legs[leg].QuantityLots);
        }
    }

    /// <summary>What an earlier session has sent of a hybrid plan.</summary>
    /// <remarks>A second order of any kind means that the others had followed the first, or that there was nothing to follow it with.</remarks>
    public void TakeUp(Plan plan, PolicyLeft left)
    {
        plan.Thinnest = left.FirstLeg;
        plan.HasRestSent = left.OrdersSent != 1;
        plan.FirstFilledBefore = markets.Instrument(plan.Planned.Legs[left.FirstLeg].Instrument).LotsDown(left.FirstFilled);
    }

    /// <summary>The thinnest leg of a hybrid plan has ended: the others follow together, sized to its fill.</summary>
    /// <returns>Whether anything was sent.</returns>
    public bool TrySendRest(Plan plan, long filledLots)
    {
        plan.HasRestSent = true;
        var asked = plan.Planned.Legs[plan.Thinnest].QuantityLots;
        var hasSent = false;
        for (var leg = 0; leg < plan.Planned.Legs.Length; leg++)
        {
            var planned = plan.Planned.Legs[leg];
            var lots = (long)(planned.QuantityLots * (decimal)filledLots / asked);
            if (leg != plan.Thinnest && lots > 0 && IsAboveMinimum(markets.Instrument(planned.Instrument), lots, planned.LimitTicks))
            {
                Send(plan, leg, lots);
                hasSent = true;
            }
        }

        return hasSent;
    }

    /// <summary>Buys back, straight from the start asset, what the plan is short of at a node next to it.</summary>
    /// <returns>False when the node is not next to the start asset, or no book and no money allows it.</returns>
    public bool TryCover(Plan plan, int node)
    {
        var last = plan.Planned.Legs.Length - 1;
        if (node != 1 && node != last)
        {
            return false;
        }

        var leg = plan.Planned.Legs[node == 1 ? 0 : last];
        var side = node == 1 ? leg.Side : leg.Side.Opposite();
        var start = new Holding(plan.StartAsset, plan.Planned.Venue);
        if (!quotes.TryBuyBack(leg.Instrument, side, -plan.Held(node), out var order, out var cost)
            || cost > reservations.Reserved(plan.Reservation, start) + decimal.Max(0m, reservations.Available(start))
            || (cost > reservations.Reserved(plan.Reservation, start) && !reservations.TryAdd(plan.Reservation, start, cost - reservations.Reserved(plan.Reservation, start))))
        {
            return false;
        }

        plan.IsUnwinding |= node != 1;
        desk.Send(plan, 0, node == 1 ? OrderPurpose.Requote : OrderPurpose.Unwind, order, cost);
        return true;
    }

    private void Send(Plan plan, int leg, long lots)
    {
        var planned = plan.Planned.Legs[leg];
        var spendMax = plan.Planned.LegInputs[leg];
        if (plan.IsInherited)
        {
            // The balances may not have reached for all that was set aside before.
            spendMax = decimal.Min(spendMax, reservations.Reserved(plan.Reservation, new Holding(plan.Planned.Nodes[leg], plan.Planned.Venue)));
        }

        desk.Send(plan, leg, OrderPurpose.Leg, new SizedOrder(planned.Instrument, planned.Side, lots, planned.LimitTicks), spendMax);
    }

    /// <summary>The leg that takes the largest share of what stands within its limit; of equal ones the first.</summary>
    private int ThinnestOf(CyclePlan planned)
    {
        var (thinnest, share) = (0, -1m);
        for (var leg = 0; leg < planned.Legs.Length; leg++)
        {
            var (side, limit) = (planned.Legs[leg].Side, planned.Legs[leg].LimitTicks);
            var depth = 0L;
            foreach (ref readonly var level in markets.Book(planned.Legs[leg].Instrument).Levels(side.TakesFrom()))
            {
                if (side == Side.Buy ? level.PriceTicks > limit : level.PriceTicks < limit)
                {
                    break;
                }

                depth += level.QuantityLots;
            }

            var taken = depth == 0 ? decimal.MaxValue : (decimal)planned.Legs[leg].QuantityLots / depth;
            (thinnest, share) = taken > share ? (leg, taken) : (thinnest, share);
        }

        return thinnest;
    }

    private static bool IsAboveMinimum(Instrument instrument, long lots, long limitTicks) =>
        instrument.Quantity(lots) >= instrument.QuantityMin && instrument.Quantity(lots) * instrument.Price(limitTicks) >= instrument.NotionalMin;
}
