using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Plans lose until the limit of the day is reached; an operator accepts the losses when this is over.</summary>
public sealed class E3DailyLoss : OrderTrouble
{
    public override string Scenario => "E3";

    public override bool MayHalt => true;

    /// <summary>The limit.</summary>
    public int Usd { get; init; } = 3;

    public override DrillTerms Shape(DrillTerms terms) => terms with { Limits = terms.Limits with { DailyLossMax = Usd } };

    public override void End(DrillWorld world) => world.Operator.AcceptLosses();

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate)
    {
        if (request.Id.Attempt is 2 or 3)
        {
            fate.RejectReason ??= "price outside of the allowed band";
        }
    }
}
