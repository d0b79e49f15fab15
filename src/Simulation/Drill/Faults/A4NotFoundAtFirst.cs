using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue has the order, tells nobody, and its read side does not know it for a while.</summary>
public sealed class A4NotFoundAtFirst : OrderTrouble
{
    public override string Scenario => "A4";

    /// <summary>Long enough for one negative answer, too short for as many as prove an absence.</summary>
    public long HiddenNanos { get; init; } = 2_500_000_000;

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate)
    {
        fate.LosesAnswers = true;
        fate.HiddenNanos = HiddenNanos;
    }
}
