using Parallax.Domain;

namespace Parallax.Trading.Risk.Limits;

/// <summary>How durations of nanoseconds meet limits of milliseconds.</summary>
internal static class Millis
{
    /// <summary>Nanoseconds between two times; times from a damaged source may be anything, so the difference saturates instead of wrapping.</summary>
    public static long Nanos(long from, long to) => long.CreateSaturating((Int128)to - from);

    /// <summary>Whether a duration is above a limit; equal is not.</summary>
    public static bool Exceeds(long nanos, long limitMillis) => nanos > limitMillis * UtcNanos.PerMillisecond;

    /// <summary>Exact, with the fraction.</summary>
    public static decimal Of(long nanos) => (decimal)nanos / UtcNanos.PerMillisecond;
}
