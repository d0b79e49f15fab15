using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue's clock is off ours for a while.</summary>
public sealed class D2VenueClock : Fault
{
    public override string Scenario => "D2";

    /// <summary>Negative is behind.</summary>
    public long OffsetNanos { get; init; } = 3_000_000_000;

    public override void Begin(DrillWorld world) => world.Venue.ClockOffsetNanos += OffsetNanos;

    public override void End(DrillWorld world) => world.Venue.ClockOffsetNanos -= OffsetNanos;

    public override string ToString() => $"{base.ToString()}, {OffsetNanos / 1_000_000} ms";
}
