using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>No balance differs from the venue's in a way that nothing explains.</summary>
internal sealed class BalancesExplained : IOpeningRule
{
    public string Name => "no-drift";

    public string? Forbids(DrillWorld world, ToldPlan plan, long now) =>
        world.Conditions.Drifts > 0 ? $"{world.Conditions.Drifts} balances differ from the venue's" : null;
}
