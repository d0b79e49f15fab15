using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The disk is full for a while.</summary>
public sealed class C7DiskFull : Fault
{
    public override string Scenario => "C7";

    public override void Begin(DrillWorld world) => world.Disk.IsFull = true;

    public override void End(DrillWorld world) => world.Disk.IsFull = false;
}
