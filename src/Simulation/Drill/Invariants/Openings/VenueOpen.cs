using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>The venue has not said, and neither have we, that it takes no orders.</summary>
internal sealed class VenueOpen : IOpeningRule
{
    public string Name => "venue-open";

    public string? Forbids(DrillWorld world, ToldPlan plan, long now) =>
        world.Conditions.Venue is { AllowsTaking: false } closed ? $"the venue is {closed.Condition} {closed.Reason}" : null;
}
