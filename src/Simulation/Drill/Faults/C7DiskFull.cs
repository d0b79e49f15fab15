using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The disk is full for a while, and has room again while the same life of the program goes on.</summary>
public sealed class C7DiskFull : Fault
{
    public override string Scenario => "C7";

    /// <summary>What the program gets of the room that it gives back; 0 where others take it at once.</summary>
    public int SpareBytes { get; init; } = 16 << 10;

    public override void Begin(DrillWorld world) => (world.Disk.IsFull, world.Disk.SpareBytes) = (true, SpareBytes);

    public override void End(DrillWorld world) => world.Disk.IsFull = false;

    public override string ToString() => $"{base.ToString()}, {SpareBytes} bytes to spare";
}
