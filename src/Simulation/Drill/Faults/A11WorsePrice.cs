using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue fills at a worse price than the limit.</summary>
public sealed class A11WorsePrice : OrderTrouble
{
    public override string Scenario => "A11";

    public override bool MayHalt => true;

    public long Ticks { get; init; } = 2;

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.WorseTicks = Ticks;
}
