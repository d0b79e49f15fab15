using Parallax.Domain;
using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue takes a trade of ours back.</summary>
public sealed class A22TradeReversed : OrderTrouble
{
    public override string Scenario => "A22";

    /// <summary>What is taken back may have been spent: then more is spent than was set aside.</summary>
    public override bool MayHalt => true;

    public override void End(DrillWorld world) => world.Operator.WatchTrips();

    public long AfterNanos { get; init; } = 1_000_000_000;

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate)
    {
        // What a sale brought may be spent by then; what was bought is owed.
        if (request.Side == Side.Buy && fate.FeeAfterNanos == 0)
        {
            fate.ReversedAfterNanos = AfterNanos;
        }
    }
}
