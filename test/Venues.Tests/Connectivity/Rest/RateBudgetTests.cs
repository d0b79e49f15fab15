using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Tests.Wire;

namespace Parallax.Venues.Tests.Connectivity.Rest;

public sealed class RateBudgetTests
{
    [Fact]
    public void Requests_fill_the_counter_and_time_empties_it()
    {
        var budget = new RateBudget(limit: 15, decayPerSecond: 0.33m, keptForUrgent: 0);
        Assert.Equal(0, budget.Level(TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, budget.TryTake(2, isUrgent: false, TimeSpan.Zero));
        Assert.Equal(2 - 0.33m, budget.Level(TimeSpan.FromSeconds(1)));
        Assert.Equal(0, budget.Level(TimeSpan.FromSeconds(100)));
    }

    [Fact]
    public void What_is_kept_for_cancels_is_theirs_alone()
    {
        var budget = new RateBudget(limit: 20, decayPerSecond: 1, keptForUrgent: 5);
        var now = TimeSpan.FromHours(3);
        Assert.Equal(TimeSpan.Zero, budget.TryTake(15, isUrgent: false, now));
        Assert.Equal(TimeSpan.FromSeconds(1), budget.TryTake(1, isUrgent: false, now));
        Assert.Equal(TimeSpan.Zero, budget.TryTake(5, isUrgent: true, now));
        Assert.Equal(TimeSpan.FromSeconds(8), budget.TryTake(8, isUrgent: true, now));
        Assert.Equal(TimeSpan.FromSeconds(6), budget.TryTake(1, isUrgent: false, now));
    }

    [Fact]
    public void A_request_larger_than_the_budget_never_fits()
    {
        var budget = new RateBudget(limit: 20, decayPerSecond: 1, keptForUrgent: 5);
        Assert.Null(budget.TryTake(16, isUrgent: false, TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, budget.TryTake(16, isUrgent: true, TimeSpan.Zero));
        Assert.Null(budget.TryTake(21, isUrgent: true, TimeSpan.Zero));
    }

    [Fact]
    public void The_venues_own_counter_raises_ours_and_never_lowers_it()
    {
        var budget = new RateBudget(limit: 20, decayPerSecond: 1, keptForUrgent: 0);
        budget.RaiseTo(7, TimeSpan.Zero);
        Assert.Equal(7, budget.Level(TimeSpan.Zero));
        budget.RaiseTo(3, TimeSpan.Zero);
        Assert.Equal(7, budget.Level(TimeSpan.Zero));
        budget.RaiseTo(1_000, TimeSpan.Zero);
        Assert.Equal(20, budget.Level(TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromSeconds(2), budget.TryTake(2, isUrgent: true, TimeSpan.Zero));
    }

    [Fact]
    public void A_time_that_steps_back_takes_nothing_away_twice()
    {
        var budget = new RateBudget(limit: 20, decayPerSecond: 1, keptForUrgent: 0);
        budget.TryTake(10, isUrgent: false, TimeSpan.FromSeconds(10));
        Assert.Equal(8, budget.Level(TimeSpan.FromSeconds(12)));
        Assert.Equal(8, budget.Level(TimeSpan.FromSeconds(11)));
        Assert.Equal(7, budget.Level(TimeSpan.FromSeconds(13)));
    }

    [Theory]
    [InlineData(15, "0.33", 1UL)]
    [InlineData(20, "0.5", 2UL)]
    [InlineData(20, "1", 3UL)]
    [InlineData(125, "2.34", 4UL)]
    [InlineData(180, "3.75", 5UL)]
    public void The_venues_counter_never_passes_its_limit_and_the_wait_told_is_enough_and_no_longer(int limit, string decayText, ulong seed)
    {
        var decay = decimal.Parse(decayText);
        var random = new Seeded(seed);
        var kept = limit / 5;
        var budget = new RateBudget(limit, decay, kept);
        // The venue's own books: exact, and without any idea of what is kept for cancels.
        var (counter, asOf, now) = (0m, TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < 5_000; i++)
        {
            now += TimeSpan.FromMilliseconds(random.Below(random.OneIn(20) ? 20_000 : 700));
            var (cost, isUrgent) = (random.Below(9), random.OneIn(4));
            var wait = budget.TryTake(cost, isUrgent, now);
            if (wait > TimeSpan.Zero)
            {
                Assert.True(budget.TryTake(cost, isUrgent, now + wait.Value - TimeSpan.FromMilliseconds(1)) > TimeSpan.Zero || wait.Value < TimeSpan.FromMilliseconds(1));
                now += wait.Value;
                wait = budget.TryTake(cost, isUrgent, now);
            }

            Assert.Equal(TimeSpan.Zero, wait);
            counter = Math.Max(0, counter - (decay * (decimal)(now - asOf).Ticks / TimeSpan.TicksPerSecond)) + cost;
            asOf = now;
            Assert.InRange(counter, 0, limit);
            Assert.True(isUrgent || counter <= limit - kept);
        }
    }

    [Fact]
    public void A_budget_that_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateBudget(0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateBudget(1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateBudget(1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateBudget(1, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateBudget(1, 1, 0).TryTake(-1, isUrgent: false, TimeSpan.Zero));
    }
}
