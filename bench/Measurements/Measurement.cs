namespace Parallax.Measurements;

/// <summary>One line of the performance table: ours next to a yardstick measured in the same run.</summary>
/// <param name="Id">The row in the table: <c>P1</c>.</param>
/// <param name="Name">What was measured, in words.</param>
/// <param name="OursNanos">Median over the rounds, nanoseconds an operation.</param>
/// <param name="Yardstick">What it is compared with; empty when the row has none.</param>
/// <param name="YardstickNanos">Median over the same rounds.</param>
/// <param name="Ratio">How many times faster ours is than the yardstick; for rows without one, what the name says.</param>
/// <param name="TargetRatio">At least (or, see <paramref name="IsUpperBound"/>, at most) this.</param>
/// <param name="IsUpperBound">Whether the target is a ceiling instead of a floor.</param>
/// <param name="DigestsEqual">Whether ours and the yardstick came to the same results; a timing without that is void.</param>
/// <param name="BytesAllocated">By ours, over all timed operations of all rounds.</param>
/// <param name="YardstickSpread">(slowest - fastest) / median of the yardstick's rounds; rounds above 0.1 are noise.</param>
public sealed record Measurement(
    string Id,
    string Name,
    double OursNanos,
    string Yardstick,
    double YardstickNanos,
    double Ratio,
    double TargetRatio,
    bool IsUpperBound,
    bool DigestsEqual,
    long BytesAllocated,
    double YardstickSpread)
{
    public bool IsReached => DigestsEqual && (IsUpperBound ? Ratio <= TargetRatio : Ratio >= TargetRatio);
}
