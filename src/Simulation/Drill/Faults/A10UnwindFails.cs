using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Whatever comes after a plan's first order is refused, the way home too.</summary>
public sealed class A10UnwindFails : OrderTrouble
{
    public override string Scenario => "A10";

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate)
    {
        if (request.Id.Attempt > 1)
        {
            fate.RejectReason ??= "insufficient funds";
        }
    }
}
