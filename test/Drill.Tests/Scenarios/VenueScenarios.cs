using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Decisions;
using Parallax.Trading.Risk;
using static Parallax.Drill.Tests.Scene;

namespace Parallax.Drill.Tests.Scenarios;

/// <summary>What a venue does to everything of ours, and what people do to the switches.</summary>
public sealed class VenueScenarios
{
    private const long End = 3_600 * S;

    [Fact]
    public void A19_A_storm_of_rejections_stops_the_orders_at_once_and_after_the_pause_a_probe_goes_out()
    {
        var scene = Play([new A19RejectionStorm { FromNanos = S, UntilNanos = End, Orders = 10 }], nanos: 40 * S, script: Again);

        Assert.True(scene.World.Engine!.Totals.Refused.ContainsKey("circuit-open"));
        Assert.Equal(10, scene.World.Venue.Orders.Values.Count(order => order.RejectReason == "internal error"));
        Assert.Contains(scene.Plans, plan => plan.Closed is { Outcome: PlanOutcome.Completed });
        scene.AssertBooksAgree();
    }

    [Theory]
    [InlineData(3_000)]
    [InlineData(-3_000)]
    public void D2_While_the_venues_clock_is_three_seconds_off_ours_nothing_is_opened_and_afterwards_it_is(int millis)
    {
        var scene = Play([new D2VenueClock { FromNanos = S / 2, UntilNanos = 4 * S, OffsetNanos = millis * Ms }], script: Again);
        var start = scene.World.Terms.StartTime;

        Assert.True(scene.World.Engine!.Totals.Refused.ContainsKey("clock-skew"));
        Assert.All(scene.Plans, plan => Assert.True(plan.Time > start + (4 * S)));
        Assert.NotEmpty(scene.Plans);
    }

    [Fact]
    public void D3_A_nonce_refused_once_is_tried_once_more_and_the_plan_completes()
    {
        var scene = Play([new D3InvalidNonce { FromNanos = 0, UntilNanos = End, Attempt = 2, Refusals = 1 }]);

        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void D3_A_nonce_refused_again_halts_the_venue_until_somebody_has_seen_to_the_key() =>
        AssertHaltedUntil(Play([new D3InvalidNonce { FromNanos = 0, UntilNanos = 6 * S, Attempt = 1, Refusals = 2 }], nanos: 14 * S, script: Again), 6 * S);

    [Fact]
    public void D5_A_ban_halts_the_venue_and_after_the_first_answers_nothing_more_is_asked()
    {
        var scene = Play([new D5Banned { FromNanos = PlantedNanos + (12 * Ms), UntilNanos = 6 * S }], nanos: 14 * S, script: Again, surveyNanos: S);

        Assert.InRange(scene.World.Exchange.Denied, 1, 3);
        AssertHaltedUntil(scene, 6 * S);
    }

    [Fact]
    public void D14_A_revoked_key_halts_the_venue_by_name_and_no_storm_of_retries_follows()
    {
        var scene = Play([new D14KeyRevoked { FromNanos = PlantedNanos + (12 * Ms), UntilNanos = 6 * S }], nanos: 14 * S, script: Again, surveyNanos: S);

        Assert.InRange(scene.World.Exchange.Denied, 1, 3);
        Assert.Contains(scene.World.Story.Lines, line => line.Contains("halts the venue: key-revoked", StringComparison.Ordinal));
        AssertHaltedUntil(scene, 6 * S);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void D9_Trading_goes_on_when_the_difference_is_explained_or_an_operator_takes_the_venues_word(bool comesBack)
    {
        var scene = Play([new D9Drift { FromNanos = S / 2, UntilNanos = 5 * S, Usd = -50, ComesBack = comesBack }], nanos: 16 * S, script: Again, surveyNanos: S);
        var start = scene.World.Terms.StartTime;

        Assert.True(scene.World.Engine!.Totals.Refused.ContainsKey("balance-drift"));
        Assert.DoesNotContain(scene.Plans, plan => plan.Time > start + (2 * S) && plan.Time < start + (5 * S));
        Assert.Contains(scene.Plans, plan => plan.Time > start + (5 * S));
        scene.AssertBooksAgree();
    }

    [Fact]
    public void E5_A_probe_that_fails_opens_the_breaker_again_for_twice_as_long_and_only_one_is_out_at_a_time()
    {
        var changes = new List<BreakerChanged>();
        var scene = Play([new E5ProbesFail { FromNanos = S, UntilNanos = 20 * S }], nanos: 45 * S, script: Often, before: world =>
        {
            if (world.Conditions.Breakers.FirstOrDefault(breaker => breaker.Told.Scope == "global") is { } breaker && !changes.Contains(breaker.Told))
            {
                changes.Add(breaker.Told);
            }
        });
        var pauses = changes.Where(change => change.State == BreakerState.Open).Select(change => change.PauseNanos / S);

        Assert.Equal([1, 2, 4, 4], pauses.Take(4));
        Assert.Equal(BreakerState.Closed, changes[^1].State);
        Assert.Contains(scene.Plans, plan => plan.Closed is { Outcome: PlanOutcome.Completed });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void E9_Of_a_start_and_a_kill_at_the_same_moment_the_kill_wins(bool isKillFirst)
    {
        var scene = Play([new E9StartAndKill { FromNanos = S / 2, UntilNanos = 5 * S, IsKillFirst = isKillFirst }], nanos: 14 * S, script: Again);
        var start = scene.World.Terms.StartTime;

        Assert.All(scene.Plans, plan => Assert.True(plan.Time > start + (5 * S)));
        Assert.NotEmpty(scene.Plans);
        Assert.True(scene.World.Engine!.Arming.IsArmed);
    }

    /// <summary>Nothing is opened from the first plan on, which may have met it, until then; and afterwards something is.</summary>
    private static void AssertHaltedUntil(Scene scene, long until)
    {
        var start = scene.World.Terms.StartTime;

        Assert.DoesNotContain(scene.Plans, plan => plan.Time > start + (2 * S) && plan.Time < start + until && !plan.IsResumed);
        Assert.Contains(scene.Plans, plan => plan.Time > start + until && plan.Closed is { Outcome: PlanOutcome.Completed });
        scene.AssertBooksAgree();
    }

    private static void Again(DrillWorld world) => Repeat(world, S);

    private static void Often(DrillWorld world) => Repeat(world, 500 * Ms);

    private static void Repeat(DrillWorld world, long everyNanos) => world.Agenda.After(everyNanos, () =>
    {
        // So far that half the size, which is what a probe may spend, pays in spite of coarse lots.
        world.Misprice(DrillListings.EthBtc, -250, everyNanos * 2 / 5);
        Repeat(world, everyNanos);
    });
}
