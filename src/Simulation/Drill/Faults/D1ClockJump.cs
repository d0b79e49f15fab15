using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Somebody sets the wall clock, and sets it right again when this is over.</summary>
public sealed class D1ClockJump : Fault
{
    public override string Scenario => "D1";

    /// <summary>Negative is back.</summary>
    public long JumpNanos { get; init; } = 3_600_000_000_000;

    public override void Begin(DrillWorld world) => world.Clock.OffsetNanos += JumpNanos;

    public override void End(DrillWorld world) => world.Clock.OffsetNanos -= JumpNanos;

    public override string ToString() => $"{base.ToString()}, {JumpNanos / 1_000_000} ms";
}
