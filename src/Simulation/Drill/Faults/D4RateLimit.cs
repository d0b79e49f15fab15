using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>For a while the venue refuses every order for its rate limit.</summary>
public sealed class D4RateLimit : Fault
{
    public override string Scenario => "D4";

    public override void Begin(DrillWorld world) => world.Venue.RefusesAll = "rate limit exceeded";

    public override void End(DrillWorld world) => world.Venue.RefusesAll = null;
}
