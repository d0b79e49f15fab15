using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue refuses order after order, for no reason that we could mend.</summary>
public sealed class A19RejectionStorm : OrderTrouble
{
    public override string Scenario => "A19";

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.RejectReason ??= "internal error";
}
