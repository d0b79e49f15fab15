using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using static Parallax.Drill.Tests.Scene;

namespace Parallax.Drill.Tests.Scenarios;

/// <summary>Table C, as far as it is about the database that follows the journal, and about a disk that is slow.</summary>
public sealed class StorageScenarios
{
    private const long End = 3_600 * S;

    [Fact]
    public void C5_While_the_database_is_away_plans_run_to_their_end_and_afterwards_every_record_is_in_it_once()
    {
        var scene = Play([new C5StoreAway { FromNanos = S / 2, UntilNanos = 5 * S }]);

        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        AssertStoreIsJournal(scene);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void C6_A_database_that_takes_two_seconds_a_commit_holds_no_decision_up(bool losesAnswers)
    {
        var slow = Play([new C6StoreSlow { FromNanos = 0, UntilNanos = End, CommitNanos = 2 * S, LosesAnswers = losesAnswers }]);
        var quick = Play([]);

        Assert.Equal(quick.Orders.Select(order => order.Time), slow.Orders.Select(order => order.Time));
        AssertStoreIsJournal(slow);
    }

    [Fact]
    public void C2_A_store_that_is_ahead_of_a_journal_that_lost_its_end_is_made_again()
    {
        var scene = Play([], script: world => world.Agenda.After(1_500 * Ms, () =>
        {
            world.Store.CatchUp();
            world.Machine.Crash(losesPower: true, "it is killed");
        }));

        Assert.True(scene.World.Machine.Starts == 2);
        AssertStoreIsJournal(scene);
    }

    [Fact]
    public void C6_While_a_flush_takes_half_a_second_every_order_waits_until_its_intent_is_on_the_disk()
    {
        var scene = Play([new C6DiskSlow { FromNanos = S / 2, UntilNanos = End, FlushNanos = 500 * Ms }], nanos: 20 * S);

        Assert.NotEmpty(scene.Orders);
        Assert.All(scene.Orders.Where(order => scene.World.Venue.Orders.ContainsKey(order.Intent.Id)), order =>
            Assert.True(scene.AtVenue(order).ArrivalTime - order.Time >= 500 * Ms, scene.ToString()));
        Assert.Equal(0, scene.World.Told.OpenPlans);
        scene.AssertBooksAgree();
    }

    [Theory]
    [InlineData(KillPolicy.Finish)]
    [InlineData(KillPolicy.Hold)]
    public void C6_A_kill_while_the_engine_waits_for_the_disk_holds_the_order_back(KillPolicy policy)
    {
        var scene = Play(
            [new C6DiskSlow { FromNanos = S / 2, UntilNanos = End, FlushNanos = 500 * Ms }],
            nanos: 20 * S,
            script: world => world.Agenda.After(PlantedNanos + (200 * Ms), () => world.Operator.Kill("drill")),
            shape: terms => terms with { KillPolicy = policy });

        Assert.Single(scene.Orders);
        Assert.Empty(scene.World.Venue.Orders);
        Assert.Contains(OrderEventType.NotSent, scene.Orders[0].Heard);
        Assert.Equal(PlanOutcome.Missed, scene.Closed.Outcome);
    }

    private static void AssertStoreIsJournal(Scene scene)
    {
        Assert.True(scene.World.Store.Rows.Length > scene.World.Disk.Bytes.Length / 2, "It follows while the session runs.");
        scene.World.Store.CatchUp();
        Assert.True(scene.World.Store.Rows.SequenceEqual(scene.World.Disk.Bytes.Span));
    }
}
