using Parallax.Trading.Decisions;

namespace Parallax.Reporting.Funnel;

/// <summary>A refusal with its numbers, and how near it was to being none.</summary>
/// <param name="Reason">A stable code.</param>
/// <param name="Value">What was found, in the limit's unit.</param>
/// <param name="Threshold">What the limit allows, same unit; zero where nothing is measured, such as while trading is stopped.</param>
/// <param name="Input">Start asset; zero when it was not sized.</param>
/// <param name="Profit">Start asset; zero when it was not sized.</param>
/// <param name="Time">UTC nanoseconds.</param>
/// <param name="Looks">What it would have made later; empty while that is not known.</param>
/// <param name="StartAsset">Null where nobody recorded it: then the first of the cycle's name.</param>
public sealed record RefusedMiss(
    int Session, long Opportunity, string Cycle, string Reason, decimal Value, decimal Threshold, decimal Input, decimal Profit, long Time, IReadOnlyList<FollowUp> Looks, string? StartAsset = null)
{
    /// <summary>What input, profit and looks are in.</summary>
    public string Start => StartAsset ?? Cycle.Split('>')[0];

    /// <summary>How far what was found is from what is allowed, as a share of that; null where nothing is measured.</summary>
    public decimal? Distance => Threshold == 0m ? null : Math.Abs(Value - Threshold) / Math.Abs(Threshold);

    /// <summary>
    /// The nearest, one an opportunity: those that a limit measured, nearest to it first; then the others, the most profitable first.
    /// </summary>
    public static IReadOnlyList<RefusedMiss> Nearest(IEnumerable<RefusedMiss> refused, int count) =>
    [
        .. refused
            .OrderBy(miss => miss.Distance is null)
            .ThenBy(miss => miss.Distance)
            .ThenByDescending(miss => miss.Profit)
            .ThenByDescending(miss => miss.Time)
            .DistinctBy(miss => (miss.Session, miss.Opportunity))
            .Take(count),
    ];
}
