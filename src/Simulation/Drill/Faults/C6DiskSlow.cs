using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>A flush to the disk takes long, and the engine waits for it: the world goes on meanwhile.</summary>
public sealed class C6DiskSlow : Fault
{
    public override string Scenario => "C6";

    public long FlushNanos { get; init; } = 500_000_000;

    public override void Begin(DrillWorld world) => world.Disk.FlushNanos = FlushNanos;

    public override void End(DrillWorld world) => world.Disk.FlushNanos = 0;

    public override string ToString() => $"{base.ToString()}, {FlushNanos / 1_000_000} ms a flush";
}
