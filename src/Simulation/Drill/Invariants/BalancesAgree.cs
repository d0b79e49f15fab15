using Parallax.Simulation.Drill.World;
using Parallax.Trading.Ledger;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>The venue's balances equal the ledger's to the last unit.</summary>
internal sealed class BalancesAgree : IInvariant
{
    public string Name => "balances-agree";

    public string? Broken(DrillWorld world)
    {
        if (world.Engine is not { } engine)
        {
            return "no program runs";
        }

        foreach (var (asset, truth) in world.Venue.Balances)
        {
            var ours = engine.Treasury.Reservations.Balance(new Holding(asset, DrillListings.Venue));
            if (ours != truth)
            {
                return $"the venue holds {truth} {asset}, the ledger {ours}";
            }
        }

        return null;
    }
}
