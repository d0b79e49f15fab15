using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The stable coin leaves its peg for a while.</summary>
public sealed class D12Depeg : Fault
{
    public override string Scenario => "D12";

    /// <summary>Negative is below.</summary>
    public int Bps { get; init; } = -300;

    public override void Begin(DrillWorld world) => world.MovePeg(Bps);

    public override void End(DrillWorld world) => world.MovePeg(-Bps);

    public override string ToString() => $"{base.ToString()}, {Bps} bps";
}
