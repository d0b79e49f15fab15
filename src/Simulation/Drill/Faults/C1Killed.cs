using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The program is killed, or the power goes, at some moment.</summary>
public sealed class C1Killed : Fault
{
    public override string Scenario => "C1";

    public bool LosesPower { get; init; }

    public override void Begin(DrillWorld world) => world.Machine.Crash(LosesPower, "it is killed");

    public override string ToString() => $"{base.ToString()}{(LosesPower ? ", the power goes" : "")}";
}
