namespace Parallax.Domain;

/// <summary>The time of one session, in UTC nanoseconds: the wall clock is asked once, after that a monotonic clock counts.</summary>
/// <remarks>
/// A step of the wall clock, by an hour or across midnight, changes no duration and no age. All threads of a session stamp with the same
/// instance, so their times can be subtracted. Thread-safe; allocates nothing.
/// </remarks>
public sealed class UtcClock
{
    private readonly TimeProvider _time;
    private readonly long _startNanos;
    private readonly long _startTicks;
    private readonly long _nanosPerTick;

    public UtcClock(TimeProvider time)
    {
        _time = time;
        _startNanos = UtcNanos.From(time.GetUtcNow()).Value;
        _startTicks = time.GetTimestamp();
        _nanosPerTick = UtcNanos.PerSecond % time.TimestampFrequency == 0 ? UtcNanos.PerSecond / time.TimestampFrequency : 0;
    }

    /// <summary>What counts the time here: for waits that end by the same clock.</summary>
    public TimeProvider Provider => _time;

    public long NowNanos => _nanosPerTick != 0
        ? _startNanos + ((_time.GetTimestamp() - _startTicks) * _nanosPerTick)
        : _startNanos + (long)((Int128)(_time.GetTimestamp() - _startTicks) * UtcNanos.PerSecond / _time.TimestampFrequency);
}
