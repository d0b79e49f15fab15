using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Money comes in, or goes out, that nobody traded for.</summary>
public sealed class D10Transfer : Fault
{
    public override string Scenario => "D10";

    /// <summary>Negative is a withdrawal, of half of what is there at the most.</summary>
    public int Usd { get; init; } = 500;

    public override void Begin(DrillWorld world) => world.Venue.Transfer(DrillListings.Usd, world.Venue.AtMostHalf(DrillListings.Usd, Usd));
}
