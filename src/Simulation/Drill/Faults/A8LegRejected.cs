using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue refuses an order that follows a filled one.</summary>
public sealed class A8LegRejected : OrderTrouble
{
    public override string Scenario => "A8";

    public string Reason { get; init; } = "price outside of the allowed band";

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.RejectReason ??= Reason;
}
