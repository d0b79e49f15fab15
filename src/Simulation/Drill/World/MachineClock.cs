namespace Parallax.Simulation.Drill.World;

/// <summary>The machine's clocks: a wall clock that somebody may set, and a monotonic one that nobody can.</summary>
public sealed class MachineClock(Agenda agenda) : TimeProvider
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    /// <summary>How far the wall clock is ahead of true time, nanoseconds; negative is behind.</summary>
    public long OffsetNanos { get; set; }

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => agenda.Now;

    public override DateTimeOffset GetUtcNow() => Epoch.AddTicks((agenda.Now + OffsetNanos) / 100);
}
