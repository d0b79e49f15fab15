using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Everything about an order is told twice.</summary>
public sealed class A5ToldTwice : OrderTrouble
{
    public override string Scenario => "A5";

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.TellsTwice = true;
}
