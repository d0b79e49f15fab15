using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>An operator stops trading and, when this is over, lets it go on.</summary>
public sealed class E1Kill : Fault
{
    public override string Scenario => "E1";

    public override void Begin(DrillWorld world) => world.Operator.Kill("drill");

    public override void End(DrillWorld world) => world.Operator.Resume("the drill is over");
}
