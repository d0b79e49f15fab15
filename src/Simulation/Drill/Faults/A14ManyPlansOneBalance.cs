using Parallax.Domain;
using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>There is money for one plan and a little more, while markets that have nothing else in common pay at the same time, again and again.</summary>
public sealed class A14ManyPlansOneBalance : Fault
{
    private const long EveryNanos = 25 * UtcNanos.PerMillisecond;

    public override string Scenario => "A14";

    /// <summary>All there is.</summary>
    public int Usd { get; init; } = 900;

    public override DrillTerms Shape(DrillTerms terms) => terms with { Capital = Usd };

    public override void Begin(DrillWorld world)
    {
        if (IsOn(world) && !world.IsCalm)
        {
            world.Misprice(DrillListings.EthBtc, -90, EveryNanos / 2);
            world.Misprice(DrillListings.SolUsdt, -90, EveryNanos / 2);
            world.Agenda.After(EveryNanos, () => Begin(world));
        }
    }
}
