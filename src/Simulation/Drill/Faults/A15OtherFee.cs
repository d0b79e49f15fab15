using Parallax.Domain;
using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The fee is charged in another asset than was assumed.</summary>
public sealed class A15OtherFee : OrderTrouble
{
    public override string Scenario => "A15";

    /// <summary>What nobody set aside is somebody else's money.</summary>
    public override bool MayHalt => true;

    public Asset Asset { get; init; } = DrillListings.Btc;

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.FeeAsset = Asset;
}
