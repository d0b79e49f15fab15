using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Whatever is sent is refused, the probes of open breakers too.</summary>
public sealed class E5ProbesFail : Fault
{
    public override string Scenario => "E5";

    public override void Begin(DrillWorld world) => world.Venue.RefusesAll = "internal error";

    public override void End(DrillWorld world) => world.Venue.RefusesAll = null;
}
