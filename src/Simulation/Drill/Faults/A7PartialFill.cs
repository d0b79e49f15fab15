using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Only a share of an order trades; the rest is canceled.</summary>
public sealed class A7PartialFill : OrderTrouble
{
    public override string Scenario => "A7";

    public int Percent { get; init; } = 30;

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.FillPercentMax = Percent;
}
