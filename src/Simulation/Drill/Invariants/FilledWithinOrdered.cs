using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>No order is booked beyond what was ordered, unless the venue itself filled too much: then trading is halted. No trade is booked twice.</summary>
internal sealed class FilledWithinOrdered : IInvariant
{
    public string Name => "filled-within-ordered";

    public string? Broken(DrillWorld world)
    {
        if (world.Told.BookedTwice is { } twice)
        {
            return $"{twice} was booked twice";
        }

        foreach (var order in world.Told.BookedBeyond)
        {
            var id = order.Intent.Id;
            if (!world.Venue.Orders.TryGetValue(id, out var truth) || truth.FilledLots < order.BookedLots)
            {
                return $"{order.BookedLots} lots of {id} are booked, which the venue did not fill";
            }

            if (world.Told.Halts.Count == 0)
            {
                return $"the venue filled {order.BookedLots} of {order.Intent.QuantityLots} lots of {id}, and trading goes on";
            }
        }

        return null;
    }
}
