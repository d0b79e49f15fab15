using Parallax.Journal.Chain;
using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using static Parallax.Drill.Tests.Scene;

namespace Parallax.Drill.Tests.Scenarios;

/// <summary>Scenario C7 in every way that matters: when the disk gets full, and what the room that is given back is worth.</summary>
public sealed class FullDiskScenarios
{
    [Theory]
    [InlineData(16 << 10)]
    [InlineData(0)]
    public void C7_With_a_full_disk_nothing_new_is_sent_the_journal_stays_whole_and_the_same_session_goes_on_when_there_is_room(int spareBytes)
    {
        var full = new C7DiskFull { FromNanos = S / 2, UntilNanos = 5 * S, SpareBytes = spareBytes };
        var scene = Play(
            [full],
            nanos: 20 * S,
            shape: terms => terms with { ChecksTape = true },
            script: world =>
            {
                // Something to be written, by which the disk is found full before there is anything to trade.
                world.Agenda.After(700 * Ms, () => world.Process!.Command(InputKind.CommandRefused, new OperatorCommand("looked in", "drill")));
                world.Agenda.After(16 * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms));
            });
        var start = scene.World.Terms.StartTime;

        Assert.Equal(1, scene.World.Machine.Starts);
        Assert.True(scene.World.Engine!.Totals.Refused["storage-full"] > 0);
        Assert.DoesNotContain(scene.World.Venue.Orders.Values, order => order.ArrivalTime > start + full.FromNanos && order.ArrivalTime < start + full.UntilNanos);
        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        Assert.Null(JournalCheck.Damage(scene.World.Disk.Bytes));
        Assert.Null(Assert.Single(scene.World.Machine.Tapes).Difference());
        scene.AssertBooksAgree();
    }

    [Fact]
    public void C7_A_disk_that_gets_full_between_two_legs_lets_the_plan_end_on_the_room_that_was_set_aside()
    {
        var scene = PlayFullAfterLegOne(spareBytes: 16 << 10);

        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        Assert.DoesNotContain(scene.Orders, order => order.Heard.Contains(OrderEventType.NotSent));
        scene.AssertBooksAgree();
    }

    [Fact]
    public void C7_Where_others_take_that_room_the_next_leg_is_not_sent_before_its_intent_can_be_kept()
    {
        var scene = PlayFullAfterLegOne(spareBytes: 0);

        Assert.Contains(scene.Orders, order => order.Heard.Contains(OrderEventType.NotSent));
        Assert.All(scene.Plans, plan => Assert.NotNull(plan.Closed));
        Assert.Equal(1, scene.World.Machine.Starts);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void C7_Power_that_goes_while_the_disk_is_full_takes_nothing_that_was_sent()
    {
        var scene = Play(
            [
                new C7DiskFull { FromNanos = S, UntilNanos = 5 * S, SpareBytes = 300 },
                new C1Killed { FromNanos = 3 * S, UntilNanos = 3 * S, LosesPower = true },
            ],
            nanos: 30 * S);

        Assert.Equal(2, scene.World.Machine.Starts);
        Assert.Null(JournalCheck.Damage(scene.World.Disk.Bytes));
        scene.AssertBooksAgree();
    }

    /// <summary>Full from the moment at which the first leg is at the venue, for three seconds.</summary>
    private static Scene PlayFullAfterLegOne(int spareBytes)
    {
        var isOver = false;
        return Play(
            [],
            nanos: 40 * S,
            before: world =>
            {
                if (!isOver && world.Venue.Orders.Count == 1)
                {
                    isOver = true;
                    (world.Disk.IsFull, world.Disk.SpareBytes) = (true, spareBytes);
                    world.Agenda.After(3 * S, () => world.Disk.IsFull = false);
                }
            });
    }
}
