using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>Whatever a plan holds outside its start asset when it ends stands in the list of what it leaves.</summary>
internal sealed class ResidualsListed : IInvariant
{
    public string Name => "residuals-listed";

    public string? Broken(DrillWorld world) => world.Told.Unlisted;
}
