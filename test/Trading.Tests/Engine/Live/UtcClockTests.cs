using Parallax.Domain;
using Parallax.Trading.Engine.Live;

namespace Parallax.Trading.Tests.Engine.Live;

/// <summary>A session's clock: it never goes back, and it can be set right.</summary>
public sealed class UtcClockTests
{
    private const long S = UtcNanos.PerSecond, Ms = UtcNanos.PerMillisecond;

    private readonly Machine _machine = new();

    [Fact]
    public void D2_forward_it_steps_at_once_and_goes_on_at_its_speed()
    {
        var clock = new UtcClock(_machine);
        var before = clock.NowNanos;
        clock.Correct(3 * S);
        Assert.Equal(before + (3 * S), clock.NowNanos);
        _machine.Elapsed = S;
        Assert.Equal(before + (4 * S), clock.NowNanos);
    }

    [Fact]
    public void D2_back_it_never_goes_but_slowly_until_the_right_time_has_come()
    {
        var clock = new UtcClock(_machine);
        var begun = clock.NowNanos;
        clock.Correct(-3 * S);
        var last = begun;
        for (_machine.Elapsed = 0; _machine.Elapsed <= 8 * S; _machine.Elapsed += 50 * Ms)
        {
            var now = clock.NowNanos;
            Assert.True(now >= last);
            Assert.Equal(_machine.Elapsed >= 4_002 * Ms, now == begun - (3 * S) + _machine.Elapsed);
            last = now;
        }
    }

    [Fact]
    public void D2_what_was_stamped_already_is_where_it_begins()
    {
        var wall = new UtcClock(_machine).NowNanos;
        var clock = new UtcClock(_machine, wall + (6 * S));
        Assert.Equal(wall + (6 * S), clock.NowNanos);
        Assert.Equal(-6 * S, clock.WallAheadNanos);
        _machine.Elapsed = 9 * S;
        Assert.Equal(wall + (9 * S), clock.NowNanos);
    }

    [Theory]
    [InlineData(3_000L, 3_010L, 3_000L)]
    [InlineData(-3_000L, -2_950L, -3_000L)]
    [InlineData(3_600_000L, 0L, 0L)]
    [InlineData(0L, 3_000L, 0L)]
    [InlineData(90L, 90L, 0L)]
    [InlineData(3_000L, null, 0L)]
    public void D2_it_is_set_only_where_the_venues_clock_and_the_machines_agree(long wallMillis, long? venueMillis, long expectedMillis) =>
        Assert.Equal(expectedMillis * Ms, ClockJudge.CorrectionNanos(wallMillis * Ms, venueMillis * Ms));

    private sealed class Machine : TimeProvider
    {
        public long Elapsed { get; set; }

        public override long TimestampFrequency => UtcNanos.PerSecond;

        public override long GetTimestamp() => Elapsed;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(Elapsed / 100);
    }
}
