using System.Runtime.InteropServices;
using Parallax.Domain;

namespace Parallax.Venues.Connectivity.Rest;

/// <summary>A venue's clock against ours.</summary>
/// <param name="OffsetNanos">The venue's time minus ours: positive when the venue is ahead.</param>
/// <param name="RoundTripNanos">Of the measurement that was taken: network both ways, without the venue's own time.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClockReading(long OffsetNanos, long RoundTripNanos)
{
    /// <summary>The true offset is no further away than this, whatever share of the round trip each direction took.</summary>
    public long ErrorNanosMax => (RoundTripNanos + 1) / 2;
}

/// <summary>Estimates a venue's clock from requests and answers.</summary>
/// <remarks>
/// The formulas of NTP (RFC 5905, section 8) and its filter: of the last eight measurements the one with the shortest round trip
/// counts, because queues only ever add. Any thread.
/// </remarks>
public sealed class ClockOffset
{
    private const int Kept = 8;

    private readonly Lock _gate = new();
    private readonly ClockReading[] _readings = new ClockReading[Kept];
    private int _next, _count;

    /// <summary>The best of the last eight; <see langword="null"/> before the first.</summary>
    public ClockReading? Best
    {
        get
        {
            lock (_gate)
            {
                return _count == 0 ? null : _readings.Take(_count).MinBy(reading => reading.RoundTripNanos);
            }
        }
    }

    /// <summary>Takes a request and its answer.</summary>
    /// <param name="sent">Our clock, just before the request went out.</param>
    /// <param name="arrived">The venue's clock, when the request came in.</param>
    /// <param name="answered">The venue's clock, when the answer went out; the same as <paramref name="arrived"/> where it tells only one.</param>
    /// <param name="received">Our clock, just after the answer came in.</param>
    /// <returns>Whether it was taken: times in an impossible order are not, as when our clock was set in between.</returns>
    public bool Add(UtcNanos sent, UtcNanos arrived, UtcNanos answered, UtcNanos received)
    {
        var inside = (Int128)answered.Value - arrived.Value;
        var roundTrip = (Int128)received.Value - sent.Value - inside;
        if (inside < 0 || roundTrip < 0 || roundTrip > long.MaxValue)
        {
            return false;
        }

        var offset = ((Int128)arrived.Value - sent.Value + ((Int128)answered.Value - received.Value)) / 2;
        lock (_gate)
        {
            _readings[_next] = new ClockReading((long)offset, (long)roundTrip);
            _next = (_next + 1) % Kept;
            _count = Math.Min(_count + 1, Kept);
        }

        return true;
    }
}
