using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>One operator arms the session, another one stops trading, at the same moment; whoever comes first, the kill wins.</summary>
public sealed class E9StartAndKill : Fault
{
    public override string Scenario => "E9";

    public bool IsKillFirst { get; init; }

    public override DrillTerms Shape(DrillTerms terms) => terms with { NeedsArming = true };

    public override void Begin(DrillWorld world)
    {
        if (IsKillFirst)
        {
            world.Operator.Kill("drill");
            world.Operator.Arm();
        }
        else
        {
            world.Operator.Arm();
            world.Operator.Kill("drill");
        }
    }

    public override void End(DrillWorld world) => world.Operator.Resume("the drill is over");
}
