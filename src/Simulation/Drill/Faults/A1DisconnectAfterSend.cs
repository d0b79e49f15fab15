using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The connection breaks after an order was sent and before its acknowledgement.</summary>
public sealed class A1DisconnectAfterSend : OrderTrouble
{
    public override string Scenario => "A1";

    /// <summary>How long it stays broken.</summary>
    public long DownNanos { get; init; } = 300_000_000;

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate)
    {
        fate.LosesAnswers = true;
        world.Agenda.After(world.Terms.LatencyNanos / 2, world.Exchange.Break);
        world.Agenda.After((world.Terms.LatencyNanos / 2) + DownNanos, world.Exchange.Mend);
    }
}
