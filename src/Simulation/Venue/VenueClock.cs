using Parallax.Journal.Framing;

namespace Parallax.Simulation.Venue;

/// <summary>Maps a venue's times to the local axis, on which nothing is received before it happened.</summary>
/// <remarks>
/// A recorder's clock may run behind the venue's: then records seem to be received before they happened. The map subtracts the largest
/// such lead in the recording, so that its fastest record took no time at all; the true feed delay, which no recording tells, is at least
/// that of the map.
/// </remarks>
public sealed class VenueClock
{
    private long _smallestDelayNanos = long.MaxValue;
    private long _largestDelayNanos = long.MinValue;

    /// <summary>How far the venue's clock runs ahead of ours; zero or more.</summary>
    public long AheadNanos => _smallestDelayNanos < 0 ? -_smallestDelayNanos : 0;

    /// <summary>The slowest observed record's way to us after the map; zero or more.</summary>
    public long FeedDelayNanosMax => _largestDelayNanos == long.MinValue ? 0 : Math.Max(0, _largestDelayNanos + AheadNanos);

    /// <summary>Learns from one record of the recording. All are to be shown before the first time is mapped.</summary>
    public void Observe(in RecordHeader header)
    {
        var delay = header.ReceivedTime - header.VenueTime;
        _smallestDelayNanos = Math.Min(_smallestDelayNanos, delay);
        _largestDelayNanos = Math.Max(_largestDelayNanos, delay);
    }

    /// <summary>When the record happened, local axis; never after it was received.</summary>
    public long ToLocal(in RecordHeader header) => Math.Min(header.VenueTime - AheadNanos, header.ReceivedTime);
}
