using System.Collections.Immutable;

namespace Parallax.Strategies.Cycles.Survey;

/// <summary>How often one directed cycle paid at the top of the books.</summary>
/// <param name="Evaluations">Changes of a leg's best price or quantity at which every leg had a bid below an ask.</param>
/// <param name="MaxGrossBps">Highest rate without fees, minus one, bps; <see langword="null"/> without an evaluation.</param>
/// <param name="MedianGrossBps">The median of the same; <see langword="null"/> without an evaluation.</param>
/// <param name="IsMedianExact">False when there were more evaluations than are kept: the median is then that of an evenly spaced sample.</param>
/// <param name="AtFee">In the order in which the fees were asked for.</param>
public sealed record SurveyRow(
    Cycle Cycle, long Evaluations, double? MaxGrossBps, double? MedianGrossBps, bool IsMedianExact, ImmutableArray<SurveyFee> AtFee);

/// <summary>How often a cycle paid at one fee, taken on every leg.</summary>
/// <param name="FeeBps">Fee of one leg, bps.</param>
/// <param name="Positive">Evaluations at which gross rate × (1 - fee)^legs was above one.</param>
/// <param name="Episodes">Maximal runs of consecutive positive evaluations.</param>
/// <param name="DurationNanos">
/// From the first evaluation of an episode to the first one that is not positive; an episode that is still open at the end counts to its
/// last evaluation.
/// </param>
public readonly record struct SurveyFee(decimal FeeBps, long Positive, long Episodes, long DurationNanos)
{
    public decimal Seconds => DurationNanos / 1_000_000_000m;
}
