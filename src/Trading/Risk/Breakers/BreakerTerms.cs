namespace Parallax.Trading.Risk.Breakers;

/// <summary>When a breaker opens, for how long, and what closes it.</summary>
/// <param name="ErrorRateMax">Share of failures; strictly above it opens.</param>
/// <param name="SamplesMin">Outcomes in the window that the error rate needs.</param>
/// <param name="ProbesAtOnce">Probes that may be out at one time.</param>
public sealed record BreakerTerms(
    int FailuresMax, decimal ErrorRateMax, int SamplesMin, long WindowNanos, long PauseNanos, int Backoff, long PauseNanosMax, int Probes, int ProbesAtOnce = 1)
{
    private const int Doubling = 2;

    public static BreakerTerms Of(RiskLimits limits) => new(
        limits.BreakerFailuresMax,
        limits.BreakerErrorRateMax,
        limits.BreakerSamplesMin,
        Nanos(limits.BreakerWindowMillis),
        Nanos(limits.BreakerPauseMillis),
        Doubling,
        Nanos(Math.Max(limits.BreakerPauseMillis, limits.BreakerPauseMillisMax)),
        limits.BreakerProbes);

    private static long Nanos(long millis) => millis * Domain.UtcNanos.PerMillisecond;
}
