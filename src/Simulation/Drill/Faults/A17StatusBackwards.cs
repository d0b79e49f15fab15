using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>After the last word about an order the venue says once more that it is open.</summary>
public sealed class A17StatusBackwards : OrderTrouble
{
    public override string Scenario => "A17";

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.OpensAgain = true;
}
