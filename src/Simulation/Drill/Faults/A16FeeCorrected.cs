using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue tells fills without a fee, and charges it later.</summary>
public sealed class A16FeeCorrected : OrderTrouble
{
    public override string Scenario => "A16";

    public override void End(DrillWorld world) => world.Operator.WatchTrips();

    public long AfterNanos { get; init; } = 1_000_000_000;

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.FeeAfterNanos = AfterNanos;
}
