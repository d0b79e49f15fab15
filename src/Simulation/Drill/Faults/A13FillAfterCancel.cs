using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue says that an order is canceled, and that it traded right after: the fill wins.</summary>
public sealed class A13FillAfterCancel : OrderTrouble
{
    public override string Scenario => "A13";

    public override bool MayHalt => true;

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.CanceledFirst = true;
}
