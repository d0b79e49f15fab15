using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue fills more than was ordered.</summary>
public sealed class A12OverFill : OrderTrouble
{
    public override string Scenario => "A12";

    public override bool MayHalt => true;

    public long Lots { get; init; } = 3;

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.OverFillLots = Lots;
}
