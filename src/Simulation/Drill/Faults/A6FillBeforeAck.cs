using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The fills come before the acknowledgement.</summary>
public sealed class A6FillBeforeAck : OrderTrouble
{
    public override string Scenario => "A6";

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.FillsFirst = true;
}
