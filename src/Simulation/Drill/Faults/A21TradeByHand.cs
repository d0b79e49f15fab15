using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Somebody buys on the account by hand.</summary>
public sealed class A21TradeByHand : Fault
{
    public override string Scenario => "A21";

    /// <summary>Ten-thousandths of a bitcoin.</summary>
    public int Quantity { get; init; } = 20;

    public override void Begin(DrillWorld world) => world.Venue.TradeByHand(DrillListings.BtcUsd, Quantity / 10_000m, 60_000m);
}
