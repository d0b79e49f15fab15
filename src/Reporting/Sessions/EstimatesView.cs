using Parallax.Trading.Execution.Estimates;

namespace Parallax.Reporting.Sessions;

/// <summary>What attempts have taught, and how well it was met.</summary>
/// <param name="Routes">Most tried first.</param>
/// <param name="Tenths">Predictions of this session by their probability, from 0–10 % to 90–100 %.</param>
/// <param name="Brier">Mean of (predicted − happened)² in this session; null before the first plan ended.</param>
public sealed record EstimatesView(IReadOnlyList<RouteKnowledge> Routes, IReadOnlyList<CalibrationBucket> Tenths, decimal? Brier)
{
    public static readonly EstimatesView None = new([], [], null);

    /// <summary>A copy: the engine's own goes on counting.</summary>
    internal static EstimatesView Of(RouteEstimates estimates) => new(estimates.Known(), [.. estimates.Calibration.Buckets], estimates.Calibration.Brier);
}
