using Parallax.Simulation.Drill.World;
using Parallax.Trading.Risk;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>Nothing passes an open breaker before its pause is over, and then one plan at a time.</summary>
internal sealed class BreakersLetThrough : IOpeningRule
{
    public string Name => "breakers-hold";

    public string? Forbids(DrillWorld world, ToldPlan plan, long now)
    {
        foreach (var breaker in world.Conditions.Breakers)
        {
            if (breaker.Told.State == BreakerState.Open && now < breaker.Told.UntilNanos)
            {
                return $"the breaker {breaker.Told.Scope} is open for another {(breaker.Told.UntilNanos - now) / 1_000_000} ms";
            }

            if (breaker.Told.State != BreakerState.Closed && breaker.ProbesOut > 0)
            {
                return $"a probe of the breaker {breaker.Told.Scope} is out already";
            }
        }

        return null;
    }
}
