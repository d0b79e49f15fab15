using Parallax.Trading.Execution.Estimates;

namespace Parallax.Reporting.Funnel;

/// <summary>How far the opportunities of some time got, and what stopped the others.</summary>
/// <param name="Session">The last session of that time; zero when there was none.</param>
/// <param name="From">The first moment that counts, UTC nanoseconds.</param>
/// <param name="To">Of the last record, UTC nanoseconds.</param>
/// <param name="Detected">Cycles whose best prices began to pay after fees.</param>
/// <param name="NetPositive">Of those, sized with a profit on the visible levels, lots and minimums.</param>
/// <param name="WithinRisk">Of those, approved: they became plans.</param>
/// <param name="Sent">Plans with an order whose intent was written.</param>
/// <param name="Filled">Plans in which an order filled, at least in part.</param>
/// <param name="Reasons">Opportunities by the reason they were refused for, most frequent first; one that was refused for two counts in both.</param>
/// <param name="Nearest">Of the opportunities that became no plan, see <see cref="RefusedMiss.Nearest"/>.</param>
/// <param name="Predicted">Of the plans that were chosen by expected value and ended: how likely it was held that every leg fills, and how often it did.</param>
public sealed record FunnelReport(
    int Session,
    string Mode,
    long From,
    long To,
    long Detected,
    long NetPositive,
    long WithinRisk,
    long Sent,
    long Filled,
    IReadOnlyList<KeyValuePair<string, long>> Reasons,
    IReadOnlyList<RefusedMiss> Nearest,
    Calibration Predicted);
