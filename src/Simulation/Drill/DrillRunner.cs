namespace Parallax.Simulation.Drill;

/// <summary>Runs many seeds on as many threads as there are processors. What comes out does not depend on how many those are.</summary>
public static class DrillRunner
{
    /// <summary>Seeds a thread takes at a time: enough that taking them costs nothing, few enough that all threads end together.</summary>
    private const int Share = 8;

    /// <param name="scenario">Faults of this one alone; <see langword="null"/> for all.</param>
    /// <param name="progress">Told now and then how many are done.</param>
    /// <param name="threads">How many threads; zero for one a processor.</param>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static DrillTotals Run(
        ulong from, int seeds, string? scenario = null, IProgress<int>? progress = null, int threads = 0, CancellationToken cancellation = default)
    {
        var results = new DrillResult[seeds];
        var done = 0;
        var shares = (seeds + Share - 1) / Share;
        Parallel.For(
            0,
            shares,
            new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads, CancellationToken = cancellation },
            share =>
            {
                var end = Math.Min(seeds, (share + 1) * Share);
                for (var at = share * Share; at < end; at++)
                {
                    results[at] = DrillRun.Of(DrillPlan.Of(from + (ulong)at, scenario));
                }

                progress?.Report(Interlocked.Add(ref done, end - (share * Share)));
            });
        return DrillTotals.Of(results);
    }
}

/// <summary>What many runs came to.</summary>
/// <param name="Failures">In the order of their seeds.</param>
public sealed record DrillTotals(int Seeds, long Steps, long Plans, long Simultaneous, long Hybrid, long Orders, long Crashes, IReadOnlyList<DrillResult> Failures)
{
    public static DrillTotals Of(IReadOnlyList<DrillResult> results) => new(
        results.Count,
        results.Sum(result => result.Steps),
        results.Sum(result => (long)result.Plans),
        results.Sum(result => (long)result.Together.Simultaneous),
        results.Sum(result => (long)result.Together.Hybrid),
        results.Sum(result => (long)result.Orders),
        results.Sum(result => (long)result.Starts - 1),
        [.. results.Where(result => result.Breach is not null)]);
}
