using Parallax.Domain;
using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>No plan goes through a stable coin that everybody can see off its peg.</summary>
internal sealed class CoinsAtPeg : IOpeningRule
{
    /// <summary>The news is on its way, or the book starts afresh.</summary>
    private const long NewsNanos = UtcNanos.PerSecond / 2;

    public string Name => "coins-at-peg";

    public string? Forbids(DrillWorld world, ToldPlan plan, long now) =>
        world.OffPegSince is { } since && world.Agenda.Now - since > NewsNanos && plan.Instruments.Any(number => DrillListings.All[number].Quote == DrillListings.Usdt)
            ? "the coin is off its peg"
            : null;
}
