using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>A placement never reaches the venue.</summary>
public sealed class A3LostRequest : OrderTrouble
{
    public override string Scenario => "A3";

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.LosesRequest = true;
}
