using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Tests.Wire;

namespace Parallax.Venues.Tests.Connectivity.Reconnecting;

public sealed class ReconnectPolicyTests
{
    private static readonly ReconnectOptions Options = new()
    {
        DelayMin = TimeSpan.FromMilliseconds(500),
        DelayMax = TimeSpan.FromSeconds(30),
        StableAfter = TimeSpan.FromSeconds(60),
    };

    [Fact]
    public void The_first_attempt_waits_for_nothing() => Assert.Equal(TimeSpan.Zero, Policy(1).TryBegin(TimeSpan.Zero));

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue)]
    public void Delays_double_between_their_bounds_and_keep_half_under_the_jitter(ulong seed)
    {
        var policy = Policy(seed);
        var now = TimeSpan.Zero;
        for (var failure = 0; failure < 40; failure++)
        {
            Assert.Equal(TimeSpan.Zero, policy.TryBegin(now));
            policy.Lost(now);
            var backoff = TimeSpan.FromMilliseconds(Math.Min(30_000, 500 * Math.Pow(2, failure)));
            var wait = policy.TryBegin(now);
            Assert.InRange(wait, backoff / 2, backoff);
            Assert.Equal(failure + 1, policy.Failures);
            // A question asked too early changes nothing.
            Assert.Equal(wait / 2, policy.TryBegin(now + (wait - (wait / 2))));
            now += wait;
        }
    }

    [Fact]
    public void The_jitter_comes_from_the_seed_alone()
    {
        Assert.Equal(Waits(7), Waits(7));
        Assert.NotEqual(Waits(7), Waits(8));
        Assert.Equal(20, Waits(7).Distinct().Count());

        static List<TimeSpan> Waits(ulong seed)
        {
            var policy = Policy(seed);
            var waits = new List<TimeSpan>();
            for (var i = 0; i < 20; i++)
            {
                policy.Lost(TimeSpan.Zero);
                waits.Add(policy.TryBegin(TimeSpan.Zero));
            }

            return waits;
        }
    }

    [Theory]
    [InlineData(59_999, 4)]
    [InlineData(60_000, 1)]
    public void Only_a_connection_that_was_stable_starts_over(int openMillis, int failures)
    {
        var policy = Policy(3);
        for (var i = 0; i < 3; i++)
        {
            policy.Lost(TimeSpan.Zero);
        }

        var opened = TimeSpan.FromMinutes(1);
        Assert.Equal(TimeSpan.Zero, policy.TryBegin(opened));
        policy.Opened(opened);
        var lost = opened + TimeSpan.FromMilliseconds(openMillis);
        policy.Lost(lost);
        Assert.Equal(failures, policy.Failures);
        var backoff = TimeSpan.FromMilliseconds(500 << (failures - 1));
        Assert.InRange(policy.TryBegin(lost), backoff / 2, backoff);
    }

    [Fact]
    public void An_attempt_that_fails_after_a_stable_connection_does_not_count_as_stable()
    {
        var policy = Policy(3);
        policy.Opened(TimeSpan.Zero);
        policy.Lost(TimeSpan.FromMinutes(10));
        policy.Lost(TimeSpan.FromMinutes(20));
        Assert.Equal(2, policy.Failures);
    }

    [Theory]
    [InlineData(150, 600, 2, 1UL)]
    [InlineData(150, 600, 3, 2UL)]
    [InlineData(5, 10, 2, 3UL)]
    [InlineData(1, 7, 4, 4UL)]
    public void Connections_that_share_a_budget_never_exceed_it_in_any_window(int attempts, int windowSeconds, int connections, ulong seed)
    {
        var random = new Seeded(seed);
        var budget = new ConnectionBudget(attempts, TimeSpan.FromSeconds(windowSeconds));
        var impatient = Options with { DelayMin = TimeSpan.FromMilliseconds(1), DelayMax = TimeSpan.FromMilliseconds(200 + random.Below(2_000)), StableAfter = TimeSpan.FromSeconds(1) };
        var policies = Enumerable.Range(0, connections).Select(i => new ReconnectPolicy(impatient, budget, seed + (ulong)i)).ToArray();
        var due = new TimeSpan[connections];
        var begun = new List<TimeSpan>();
        while (begun.Count < 6 * attempts + 100)
        {
            var next = Array.IndexOf(due, due.Min());
            var (policy, now) = (policies[next], due[next]);
            if (policy.TryBegin(now) is var wait && wait > TimeSpan.Zero)
            {
                due[next] = now + wait;
                continue;
            }

            begun.Add(now);
            var lost = now;
            if (random.OneIn(2))
            {
                policy.Opened(now);
                lost += TimeSpan.FromMilliseconds(random.Below(3_000));
            }

            policy.Lost(lost);
            due[next] = lost;
        }

        for (var i = attempts; i < begun.Count; i++)
        {
            Assert.True(begun[i] - begun[i - attempts] >= budget.Window, $"{attempts + 1} attempts within {begun[i] - begun[i - attempts]}.");
        }

        // And the budget is used, not only kept.
        Assert.Contains(Enumerable.Range(attempts, begun.Count - attempts), i => begun[i] - begun[i - attempts] == budget.Window);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReconnectPolicy(Options with { DelayMin = TimeSpan.Zero }, Plenty(), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReconnectPolicy(Options with { DelayMax = TimeSpan.FromMilliseconds(1) }, Plenty(), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectionBudget(0, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectionBudget(1, TimeSpan.Zero));
    }

    private static ReconnectPolicy Policy(ulong seed) => new(Options, Plenty(), seed);

    private static ConnectionBudget Plenty() => new(1_000_000, TimeSpan.FromSeconds(1));
}
