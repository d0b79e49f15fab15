using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>No more plans are open than allowed, ways home aside, and none began with more than one may spend.</summary>
internal sealed class ExposureWithinCaps : IInvariant
{
    public string Name => "exposure-within-caps";

    public string? Broken(DrillWorld world)
    {
        var limits = world.Terms.Limits;
        if (world.Process is { IsAlive: true } process
            && process.Engine.Executor.OpenCount > limits.OpenPlansMax
            && process.Engine.Executor.OpenPlans.Count(plan => !IsWayHome(plan)) is var open
            && open > limits.OpenPlansMax)
        {
            return $"{open} plans are open; {limits.OpenPlansMax} may be";
        }

        return world.Told.LastPlan is { IsWayHome: false } plan && plan.Opened.Input > limits.NotionalMax
            ? $"a plan spends {plan.Opened.Input}; {limits.NotionalMax} is the most"
            : null;
    }

    /// <summary>Only ever less is at risk by a plan that takes a residual home.</summary>
    private static bool IsWayHome(in OpenPlan plan) => plan.Planned.Nodes.Length == 2;
}
