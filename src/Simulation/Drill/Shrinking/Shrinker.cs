namespace Parallax.Simulation.Drill.Shrinking;

/// <summary>Looks for the least that still breaks the same invariant: first fewer faults, then less time for them.</summary>
public static class Shrinker
{
    private const int Halvings = 8;

    /// <param name="failed">A run that broke something.</param>
    /// <returns>A run that breaks the same, with a plan that is no larger. The same for the same run, always.</returns>
    public static DrillResult Shrink(DrillResult failed)
    {
        var least = WithFewerFaults(failed);
        return WithLessTime(least);
    }

    private static DrillResult WithFewerFaults(DrillResult failed)
    {
        var least = failed;
        var kept = Enumerable.Range(0, failed.Plan.Faults().Count).ToList();
        for (var at = kept.Count - 1; at >= 0; at--)
        {
            var fewer = kept.Where((_, position) => position != at).ToList();
            if (TryBreak(failed.Plan.Keeping(fewer), failed, out var smaller))
            {
                (least, kept) = (smaller, fewer);
            }
        }

        return least;
    }

    private static DrillResult WithLessTime(DrillResult failed)
    {
        var least = failed;
        var (holds, breaks) = (0L, failed.Plan.Terms.ChaosNanos);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = holds + ((breaks - holds) / 2);
            if (TryBreak(failed.Plan with { Terms = failed.Plan.Terms with { ChaosNanos = middle } }, failed, out var shorter))
            {
                (least, breaks) = (shorter, middle);
            }
            else
            {
                holds = middle;
            }
        }

        return least;
    }

    private static bool TryBreak(DrillPlan plan, DrillResult like, out DrillResult result)
    {
        result = DrillRun.Of(plan);
        return result.Breach?.Invariant == like.Breach?.Invariant;
    }
}
