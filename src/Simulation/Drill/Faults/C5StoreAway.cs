using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The database is not there for a while.</summary>
public sealed class C5StoreAway : Fault
{
    public override string Scenario => "C5";

    public override void Begin(DrillWorld world) => world.Store.IsAway = true;

    public override void End(DrillWorld world) => world.Store.IsAway = false;
}
