using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>A balance changes, and nothing the venue tells explains it.</summary>
public sealed class D9Drift : Fault
{
    private decimal _moved;

    public override string Scenario => "D9";

    /// <summary>Negative is gone, half of what is there at the most.</summary>
    public int Usd { get; init; } = 50;

    /// <summary>Whether the venue finds its own mistake; else an operator takes its word.</summary>
    public bool ComesBack { get; init; }

    public override void Begin(DrillWorld world)
    {
        _moved = world.Venue.AtMostHalf(DrillListings.Usd, Usd);
        world.Venue.Move(DrillListings.Usd, _moved);
    }

    public override void End(DrillWorld world)
    {
        if (ComesBack)
        {
            world.Venue.Move(DrillListings.Usd, -_moved);
        }

        world.Operator.WatchBalances();
    }

    public override string ToString() => $"{base.ToString()}, {Usd} USD{(ComesBack ? ", which come back" : "")}";
}
