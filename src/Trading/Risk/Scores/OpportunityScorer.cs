namespace Parallax.Trading.Risk.Scores;

/// <summary>Scores an opportunity from what is known of it now.</summary>
/// <remarks>
/// The latency is measured once there are enough answers (<see cref="AnswerTimes"/>); the half-life is an assumption. The legs' moves are taken as
/// independent, which overstates how far an edge moves. The size is what the visible books hold, so depth does not count. Allocates nothing.
/// </remarks>
public sealed class OpportunityScorer(RiskLimits limits, RouteHistory routes)
{
    private const double HalfLifeSeconds = 2;

    private readonly double _bookAgeSecondsMax = limits.BookAgeMillisMax / 1_000.0;
    private readonly double _assetExposureMax = (double)limits.AssetExposureMax;
    private readonly double _volatilityMax = (double)limits.VolatilityMax;

    /// <param name="edgeBps">Higher ones are believed more and risk less.</param>
    /// <param name="latencyNanos">Until the orders arrive.</param>
    public (decimal Confidence, decimal Risk) Score(ReadOnlySpan<LegBook> legs, in RiskState state, decimal edgeBps, int route, long latencyNanos)
    {
        var sigma = EdgeOutlook.BpsPerRootSecond((double)state.Volatility) * Math.Sqrt(legs.Length / 2.0);
        var outlook = EdgeOutlook.Of((double)edgeBps, sigma, sigma, correlation: 0, latencyNanos / 1e9, HalfLifeSeconds, edgeBpsMin: 0);
        var (fills, attempts) = routes[route];
        var confidence = Confidence.Of(
            OldestSeconds(legs, state.NowNanos), _bookAgeSecondsMax, available: 3, size: 1, outlook.SurvivalProbability,
            (double)state.VenueHealth, fills, attempts);
        var risk = RiskScore.Of(
            outlook.ArrivalSdBps, (double)edgeBps, skew: 0, skewMax: 1, legs.Length,
            (double)state.AssetExposure, _assetExposureMax, (double)state.Volatility, _volatilityMax);
        return (Statistic.Decimal(confidence.Score), Statistic.Decimal(risk.Score));
    }

    private static double OldestSeconds(ReadOnlySpan<LegBook> legs, long now)
    {
        var oldest = now;
        foreach (ref readonly var leg in legs)
        {
            oldest = Math.Min(oldest, leg.ReceivedTimeNanos);
        }

        return (now - oldest) / 1e9;
    }
}
