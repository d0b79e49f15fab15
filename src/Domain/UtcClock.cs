namespace Parallax.Domain;

/// <summary>The time of one session, in UTC nanoseconds: the wall clock is asked once, after that a monotonic clock counts.</summary>
/// <remarks>
/// A step of the wall clock, by an hour or across midnight, changes no duration and no age. All threads of a session stamp with the same
/// instance, so their times can be subtracted. It never goes back: what <see cref="Correct"/> takes from it is taken by going slowly. Thread-safe; reading
/// it allocates nothing.
/// </remarks>
public sealed class UtcClock
{
    /// <summary>While it waits for the right time to come it goes at a fourth of its speed: four thirds of the difference later it is there.</summary>
    private const int SlowBy = 4;

    /// <summary>More than another thread's reading can be ahead while the course changes.</summary>
    private const long RaceNanos = UtcNanos.PerMillisecond;

    private readonly TimeProvider _time;
    private readonly long _startTicks;
    private readonly long _nanosPerTick;
    private Course _course;

    /// <param name="notBeforeNanos">What has been stamped already: where the wall clock is behind that, this one begins there and waits for it.</param>
    public UtcClock(TimeProvider time, long notBeforeNanos = 0)
    {
        _time = time;
        var start = UtcNanos.From(time.GetUtcNow()).Value;
        _startTicks = time.GetTimestamp();
        _nanosPerTick = UtcNanos.PerSecond % time.TimestampFrequency == 0 ? UtcNanos.PerSecond / time.TimestampFrequency : 0;
        _course = new Course(start, 0, Math.Max(start, notBeforeNanos));
    }

    /// <summary>What counts the time here: for waits that end by the same clock.</summary>
    public TimeProvider Provider => _time;

    public long NowNanos => Volatile.Read(ref _course).At(ElapsedNanos);

    /// <summary>How far the machine's wall clock is ahead of this one, nanoseconds; negative is behind.</summary>
    public long WallAheadNanos => UtcNanos.From(_time.GetUtcNow()).Value - NowNanos;

    private long ElapsedNanos => _nanosPerTick != 0
        ? (_time.GetTimestamp() - _startTicks) * _nanosPerTick
        : (long)((Int128)(_time.GetTimestamp() - _startTicks) * UtcNanos.PerSecond / _time.TimestampFrequency);

    /// <summary>It was wrong by so much: forward it steps at once, back it goes slowly until the right time has come.</summary>
    public void Correct(long nanos)
    {
        var elapsed = ElapsedNanos;
        var now = Volatile.Read(ref _course).At(elapsed);
        Volatile.Write(ref _course, new Course(now + nanos - elapsed, elapsed, nanos >= 0 ? now + nanos : now + RaceNanos));
    }

    /// <param name="Right">The right time at the start of this clock: what the monotonic clock is counted onto.</param>
    /// <param name="SinceElapsed">When this course was taken.</param>
    /// <param name="Since">What time it was then; later than the right one while it goes slowly.</param>
    private sealed record Course(long Right, long SinceElapsed, long Since)
    {
        public long At(long elapsed) => Math.Max(Right + elapsed, Since + ((elapsed - SinceElapsed) / SlowBy));
    }
}
