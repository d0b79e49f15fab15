using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>No more is set aside than there is, but for what others took from the account meanwhile. What a venue itself lets go below zero, against every order, is not ours to prevent.</summary>
internal sealed class ReservationsWithinBalances : IInvariant
{
    public string Name => "reservations-within-balances";

    public string? Broken(DrillWorld world)
    {
        if (world.Engine is not { } engine || world.Told.Halts.Count > 0)
        {
            return null;
        }

        var reservations = engine.Treasury.Reservations;
        for (var i = 0; i < reservations.Holdings.Count; i++)
        {
            var holding = reservations.Holdings[i];
            if (!world.Venue.HasOverdrawn(holding.Asset) && (reservations.Reserved(holding) < 0m || reservations.Available(holding) + world.Told.TakenByOthers(holding.Asset) < 0m))
            {
                return $"{reservations.Reserved(holding)} of {holding} is reserved, the balance is {reservations.Balance(holding)}";
            }
        }

        return null;
    }
}
