using Parallax.Venues.Kraken.Feed.Messages;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Whether the connection lives, how far away the venue is, and how its clock differs from ours.</summary>
internal sealed class Pulse(long silenceNanos, long pingIntervalNanos)
{
    private long _nextPing;
    private long _pingTime;
    private ulong? _pingId;

    /// <summary>Received time of the last frame of any connection; <see langword="null"/> before the first.</summary>
    public long? LastFrameTime { get; private set; }

    public long? RoundTrip { get; private set; }

    /// <summary>Venue clock minus ours; wrong by half the round trip at the most.</summary>
    public long? ClockOffset { get; private set; }

    private long HeardTime { get; set; }

    public void Begin(long now)
    {
        HeardTime = now;
        _nextPing = now;
        _pingId = null;
    }

    public void Heard(long now)
    {
        HeardTime = now;
        LastFrameTime = now;
    }

    /// <summary>Nothing was heard for too long.</summary>
    /// <param name="isSubscribed">Whether the venue has a reason to send: heartbeats begin with the first subscription.</param>
    public bool IsSilent(long now, bool isSubscribed) =>
        now - HeardTime > (isSubscribed ? silenceNanos : Math.Max(silenceNanos, KrakenLimits.UnsubscribedSilenceNanos));

    public bool IsPingDue(long now) => now >= _nextPing;

    public void Pinged(ulong id, long now)
    {
        _pingId = id;
        _pingTime = now;
        _nextPing = now + pingIntervalNanos;
    }

    public void OnPong(PongReply pong, long now)
    {
        if (pong.RequestId is null || pong.RequestId != _pingId)
        {
            return;
        }

        _pingId = null;
        RoundTrip = now - _pingTime;
        if (pong is { TimeIn: { } arrived, TimeOut: { } left })
        {
            // The middle of its stay there against the middle of the round trip here, as NTP has it.
            ClockOffset = Middle(arrived.Value, left.Value) - Middle(_pingTime, now);
        }
    }

    private static long Middle(long from, long to) => from + ((to - from) / 2);
}
