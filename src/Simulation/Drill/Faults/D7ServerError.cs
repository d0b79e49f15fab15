using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue's front answers with an error at once, and the order may have reached the matching or not.</summary>
public sealed class D7ServerError : OrderTrouble
{
    public override string Scenario => "D7";

    /// <summary>Whether the order arrived all the same.</summary>
    public bool Arrives { get; init; }

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate)
    {
        (fate.LosesAnswers, fate.LosesRequest) = (Arrives, !Arrives);
        var id = request.Id;
        world.Agenda.After(2 * world.Terms.LatencyNanos, () => world.Exchange.Gateway?.OnServerError(id));
    }
}
