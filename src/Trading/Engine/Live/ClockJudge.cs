using Parallax.Domain;

namespace Parallax.Trading.Engine.Live;

/// <summary>When a session's clock is to be set: only where the venue's clock and the machine's agree that it is wrong, and by how much.</summary>
/// <remarks>
/// The machine's clock alone moves nothing: somebody may have set it wrong. The venue's alone moves nothing either: that is what the limit on the difference
/// is for (docs/decisions/0012).
/// </remarks>
public static class ClockJudge
{
    /// <summary>A difference that matters, well below the limit on it.</summary>
    public const long DifferenceNanosMin = 100 * UtcNanos.PerMillisecond;

    /// <param name="wallAheadNanos">How far the machine's clock is ahead of the session's.</param>
    /// <param name="venueAheadNanos">How far the venue's is, as far as anybody knows.</param>
    /// <returns>What to correct the session's clock by, nanoseconds; 0 for nothing.</returns>
    public static long CorrectionNanos(long wallAheadNanos, long? venueAheadNanos) =>
        venueAheadNanos is { } venue && Math.Abs(wallAheadNanos) > DifferenceNanosMin && Math.Abs(venue - wallAheadNanos) <= DifferenceNanosMin ? wallAheadNanos : 0;
}
