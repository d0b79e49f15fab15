using Parallax.Strategies.Cycles;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;
using Parallax.Trading.Supervision;

namespace Parallax.Trading.Engine.Opportunities;

/// <summary>What has to hold before anything is sized: the account is proved, the store keeps up, the venue takes orders, nothing of ours is under way on the legs' markets.</summary>
internal sealed class TradingGates(Markets markets, PlanExecutor executor, Reconciler reconciler, VenueDesk venues, StoreStanding store, StorageStanding storage, TaskStanding tasks)
{
    public bool Refuses(Cycle cycle, out Refused refused)
    {
        if (reconciler.Refusal(out var found, out var allowed) is { } unproved)
        {
            refused = new Refused(unproved, found, allowed);
            return true;
        }

        if (storage.Refuses(out refused) || store.Refuses(out refused))
        {
            return true;
        }

        if (tasks.Refuses(markets.VenueOf(cycle), out refused))
        {
            return true;
        }

        if (!venues.AllowsTaking(markets.VenueOf(cycle)))
        {
            refused = new Refused(RefusalReason.VenueClosed, 0m, 0m);
            return true;
        }

        return IsOccupied(cycle, out refused);
    }

    /// <summary>Whether an open plan, or an own trade that the book does not show yet, forbids a leg's instrument.</summary>
    private bool IsOccupied(Cycle cycle, out Refused refused)
    {
        foreach (var leg in cycle.Legs)
        {
            if (executor.IsBusy(leg.Instrument))
            {
                refused = new Refused(RefusalReason.InstrumentBusy, leg.Instrument, 0m);
                return true;
            }

            if (markets.HasUnseenTrade(leg.Instrument))
            {
                refused = new Refused(RefusalReason.OwnTradeUnseen, leg.Instrument, 0m);
                return true;
            }
        }

        refused = default;
        return false;
    }
}
