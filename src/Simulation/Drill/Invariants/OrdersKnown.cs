using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>Every order that the venue has had an intent, and every one of its trades is booked, once.</summary>
internal sealed class OrdersKnown : IInvariant
{
    public string Name => "orders-known";

    public string? Broken(DrillWorld world)
    {
        foreach (var (id, truth) in world.Venue.Orders)
        {
            if (!world.Told.Orders.TryGetValue(id, out var told))
            {
                return $"the venue has {id}; the journal knows of no such order";
            }

            foreach (var fill in truth.Fills)
            {
                if (!told.Trades.ContainsKey(fill.TradeId))
                {
                    return $"trade {fill.TradeId} of {id}, {fill.Fill.QuantityLots} lots, was never booked";
                }
            }

            if (told.Trades.Count != truth.Fills.Count)
            {
                return $"{told.Trades.Count} trades of {id} are booked; the venue made {truth.Fills.Count}";
            }
        }

        return null;
    }
}
