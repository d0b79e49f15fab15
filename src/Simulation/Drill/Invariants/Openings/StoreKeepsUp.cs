using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>The program has not been told that its database is behind.</summary>
internal sealed class StoreKeepsUp : IOpeningRule
{
    public string Name => "store-keeps-up";

    public string? Forbids(DrillWorld world, ToldPlan plan, long now) => world.Conditions.IsStoreBehind ? "the store is behind" : null;
}
