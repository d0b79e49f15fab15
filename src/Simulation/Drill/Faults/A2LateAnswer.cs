using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>A placement times out and what became of it arrives seconds later.</summary>
public sealed class A2LateAnswer : OrderTrouble
{
    public override string Scenario => "A2";

    public long DelayNanos { get; init; } = 5_000_000_000;

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.AnswerDelayNanos += DelayNanos;
}
