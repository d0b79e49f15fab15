using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>The program has not been told that its disk is full.</summary>
internal sealed class DiskHasRoom : IOpeningRule
{
    public string Name => "disk-has-room";

    public string? Forbids(DrillWorld world, ToldPlan plan, long now) => world.Conditions.IsDiskFull ? "the disk is full" : null;
}
