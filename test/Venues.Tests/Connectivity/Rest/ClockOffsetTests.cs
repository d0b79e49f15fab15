using Parallax.Domain;
using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Tests.Wire;

namespace Parallax.Venues.Tests.Connectivity.Rest;

public sealed class ClockOffsetTests
{
    [Fact]
    public void Nothing_is_known_before_the_first_answer() => Assert.Null(new ClockOffset().Best);

    [Fact]
    public void Equal_ways_give_the_offset_exactly()
    {
        var clock = new ClockOffset();
        // The venue is 250 ahead; 100 there, 40 inside, 100 back.
        Assert.True(clock.Add(new(1_000), new(1_350), new(1_390), new(1_240)));
        Assert.Equal(new ClockReading(250, 200), clock.Best);
        Assert.Equal(100, clock.Best!.Value.ErrorNanosMax);
    }

    [Theory]
    [InlineData(1_000, 900, 899, 1_100)]
    [InlineData(1_000, 900, 900, 999)]
    [InlineData(1_000, 900, 1_200, 1_100)]
    public void Times_in_an_impossible_order_are_not_taken(long sent, long arrived, long answered, long received)
    {
        var clock = new ClockOffset();
        Assert.False(clock.Add(new(sent), new(arrived), new(answered), new(received)));
        Assert.Null(clock.Best);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void The_true_offset_is_never_further_away_than_told_and_the_quietest_of_eight_counts(ulong seed)
    {
        var random = new Seeded(seed);
        var clock = new ClockOffset();
        var truth = random.Below(2_000_000_000) - 1_000_000_000L;
        var roundTrips = new List<long>();
        var now = 1_700_000_000_000_000_000L;
        for (var i = 0; i < 2_000; i++)
        {
            now += random.Below(1_000_000_000);
            // Queues make either way longer, now and then much.
            var there = 20_000_000L + random.Below(random.OneIn(5) ? 900_000_000 : 2_000_000);
            var back = 20_000_000L + random.Below(random.OneIn(5) ? 900_000_000 : 2_000_000);
            var inside = random.Below(5_000_000);
            Assert.True(clock.Add(new(now), new(now + there + truth), new(now + there + inside + truth), new(now + there + inside + back)));
            roundTrips.Add(there + back);
            var best = clock.Best!.Value;
            Assert.Equal(roundTrips.TakeLast(8).Min(), best.RoundTripNanos);
            Assert.InRange(best.OffsetNanos, truth - best.ErrorNanosMax, truth + best.ErrorNanosMax);
        }
    }

    [Fact]
    public void A_clock_that_drifts_is_followed_once_old_measurements_have_left()
    {
        var clock = new ClockOffset();
        clock.Add(new(0), new(100), new(100), new(1));
        for (var i = 1; i <= 8; i++)
        {
            clock.Add(new(1_000 * i), new((1_000 * i) + 505), new((1_000 * i) + 505), new((1_000 * i) + 10));
        }

        Assert.Equal(new ClockReading(500, 10), clock.Best);
    }
}
