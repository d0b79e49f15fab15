using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue charges other fees, and tells so a little later.</summary>
public sealed class D11FeesChange : Fault
{
    public override string Scenario => "D11";

    public decimal Rate { get; init; } = 0.002m;

    public long ToldAfterNanos { get; init; } = 100_000_000;

    public override void Begin(DrillWorld world) => world.Charge(world.Fees with { Rate = Rate }, ToldAfterNanos);

    public override void End(DrillWorld world) => world.Charge(world.Fees, ToldAfterNanos);

    public override string ToString() => $"{base.ToString()}, {Rate}";
}
