using Parallax.Venues.Connectivity.Rest;

namespace Parallax.Venues.Tests.Connectivity.Rest;

public sealed class NonceSourceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private const ulong StartMicros = 1_767_323_045_000_000;

    [Fact]
    public void A_nonce_is_the_time_in_microseconds_or_one_more_than_the_last()
    {
        var clock = new HandClock(Start);
        var nonces = new NonceSource(clock);
        Assert.Equal(StartMicros, nonces.Next());
        Assert.Equal(StartMicros + 1, nonces.Next());
        clock.Now += TimeSpan.FromMilliseconds(1);
        Assert.Equal(StartMicros + 1_000, nonces.Next());
        Assert.Equal(StartMicros + 1_000, nonces.Last);
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_take_the_nonces_with_it()
    {
        var clock = new HandClock(Start);
        var nonces = new NonceSource(clock);
        nonces.Next();
        clock.Now -= TimeSpan.FromDays(1);
        Assert.Equal(StartMicros + 1, nonces.Next());
    }

    [Fact]
    public void A_restart_goes_on_above_the_last() =>
        Assert.Equal(StartMicros + 500, new NonceSource(new HandClock(Start), last: StartMicros + 499).Next());

    [Fact]
    public void Threads_never_share_a_nonce_and_each_sees_them_rise()
    {
        const int Threads = 4, Each = 20_000;
        var nonces = new NonceSource(TimeProvider.System);
        var drawn = new ulong[Threads][];
        Parallel.For(0, Threads, thread => drawn[thread] = [.. Enumerable.Range(0, Each).Select(_ => nonces.Next())]);
        Assert.Equal(Threads * Each, drawn.SelectMany(nonce => nonce).Distinct().Count());
        Assert.All(drawn, mine => Assert.Equal(mine.Order(), mine));
        Assert.Equal(drawn.Max(mine => mine.Max()), nonces.Last);
    }
}
