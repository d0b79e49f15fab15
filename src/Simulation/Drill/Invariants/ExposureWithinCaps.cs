using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>No more plans are open than allowed, and none began with more than one may spend.</summary>
internal sealed class ExposureWithinCaps : IInvariant
{
    public string Name => "exposure-within-caps";

    public string? Broken(DrillWorld world)
    {
        var limits = world.Limits;
        if (world.Process is { IsAlive: true } process && process.Engine.Executor.OpenCount > limits.OpenPlansMax)
        {
            return $"{process.Engine.Executor.OpenCount} plans are open; {limits.OpenPlansMax} may be";
        }

        return world.Told.LastPlan is { IsWayHome: false } plan && plan.Opened.Input > limits.NotionalMax
            ? $"a plan spends {plan.Opened.Input}; {limits.NotionalMax} is the most"
            : null;
    }
}
