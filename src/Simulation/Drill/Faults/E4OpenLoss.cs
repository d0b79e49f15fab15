using Parallax.Domain;
using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>What a plan could not bring home loses its worth, past the limit of the day, and the program is started again.</summary>
public sealed class E4OpenLoss : OrderTrouble
{
    public override string Scenario => "E4";

    public override bool MayHalt => true;

    /// <summary>The limit.</summary>
    public int Usd { get; init; } = 5;

    /// <summary>Negative: how far everything falls.</summary>
    public int FallBps { get; init; } = -500;

    public override DrillTerms Shape(DrillTerms terms) => terms with { Limits = terms.Limits with { DailyLossMax = Usd } };

    public override void Begin(DrillWorld world)
    {
        var duration = UntilNanos - FromNanos;
        world.Agenda.After(duration / 2, () => Fall(world));
        world.Agenda.After(duration * 3 / 4, () => world.Machine.Crash(losesPower: true, "it is killed"));
    }

    public override void End(DrillWorld world) => world.Operator.AcceptLosses();

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate)
    {
        if (request.Id.Attempt > 1)
        {
            fate.RejectReason ??= "insufficient funds";
        }
    }

    private void Fall(DrillWorld world)
    {
        foreach (var asset in (ReadOnlySpan<Asset>)[DrillListings.Btc, DrillListings.Eth, DrillListings.Sol])
        {
            world.Revalue(asset, FallBps);
        }
    }
}
