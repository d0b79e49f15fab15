using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>Where a session needs arming, an operator has armed this one.</summary>
internal sealed class SessionArmed : IOpeningRule
{
    public string Name => "armed-first";

    public string? Forbids(DrillWorld world, ToldPlan plan, long now) =>
        world.Terms.NeedsArming && !world.Conditions.IsArmed ? "nobody has armed the session" : null;
}
