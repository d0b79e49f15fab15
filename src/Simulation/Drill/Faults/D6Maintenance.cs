using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>For a while the venue refuses every order for its maintenance.</summary>
public sealed class D6Maintenance : Fault
{
    public override string Scenario => "D6";

    public override void Begin(DrillWorld world) => world.Venue.RefusesAll = "venue is under maintenance";

    public override void End(DrillWorld world) => world.Venue.RefusesAll = null;
}
