using Parallax.Journal.Framing;
using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using static Parallax.Drill.Tests.Scene;

namespace Parallax.Drill.Tests.Scenarios;

/// <summary>Table C, as far as it is about the program, its journal and its disk.</summary>
public sealed class CrashScenarios
{
    private const long End = 3_600 * S;

    public static TheoryData<CrashPlace, byte, int, bool> Points
    {
        get
        {
            var points = new TheoryData<CrashPlace, byte, int, bool>();
            byte[] kinds =
            [
                (byte)DecisionKind.SessionStarted, (byte)DecisionKind.PlanOpened, (byte)DecisionKind.BookSeen, (byte)DecisionKind.OrderIntent,
                OrderEvent.RecordKind, (byte)DecisionKind.Posted, (byte)DecisionKind.PlanClosed,
            ];
            foreach (var losesPower in new[] { false, true })
            {
                for (var times = 1; times <= 3; times++)
                {
                    foreach (var kind in kinds)
                    {
                        points.Add(CrashPlace.BeforeRecord, kind, times, losesPower);
                        points.Add(CrashPlace.AfterRecord, kind, times, losesPower);
                    }

                    foreach (var place in new[] { CrashPlace.BeforeFlush, CrashPlace.AfterFlush, CrashPlace.BeforeSend, CrashPlace.AfterSend })
                    {
                        points.Add(place, 0, times, losesPower);
                    }
                }
            }

            return points;
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void C1_From_every_named_point_a_restart_ends_every_plan_and_the_books_are_the_venues(CrashPlace place, byte kind, int times, bool losesPower)
    {
        var scene = Play([new C1DiesAt { FromNanos = 0, UntilNanos = End, Point = new CrashPoint(place, kind, times, losesPower) }], nanos: 20 * S);

        Assert.All(scene.World.SentTimes.Values, sent => Assert.Equal(1, sent));
        Assert.Equal(0, scene.World.Told.OpenPlans);
        Assert.Equal(0, scene.World.Engine!.Executor.OrdersOut);
        Assert.Empty(scene.World.Told.Halts);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void C1_From_every_step_a_restart_ends_every_plan_and_the_books_are_the_venues()
    {
        var steps = Play([], nanos: 2 * S).World.Agenda.Steps;
        for (var step = 1; step < steps; step++)
        {
            var died = step;
            var scene = Play([], nanos: 15 * S, before: world =>
            {
                if (world.Agenda.Steps == died)
                {
                    world.Machine.Crash(losesPower: true, $"after step {died}");
                }
            });

            Assert.Equal(0, scene.World.Told.OpenPlans);
            Assert.All(scene.World.SentTimes.Values, sent => Assert.Equal(1, sent));
            scene.AssertBooksAgree();
        }
    }

    [Fact]
    public void A20_No_order_id_comes_again_after_a_restart_with_the_clock_set_back_an_hour()
    {
        var scene = Play(
            [
                new D1ClockJump { FromNanos = 3 * S, UntilNanos = 6 * S, JumpNanos = -3_600 * S },
                new C1Killed { FromNanos = 4 * S, UntilNanos = End, LosesPower = true },
            ],
            nanos: 20 * S,
            script: world => world.Agenda.After(10 * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms)));

        Assert.Equal(2, scene.Plans.Count(plan => plan.Closed is not null));
        Assert.Equal(2, scene.Orders.Select(order => order.Intent.Id.Session).Distinct().Count());
        Assert.All(scene.World.SentTimes.Values, sent => Assert.Equal(1, sent));
        scene.AssertBooksAgree();
    }

    [Fact]
    public void C8_A_half_written_record_is_cut_and_a_changed_one_is_refused()
    {
        var scene = Play([], nanos: 3 * S);
        var whole = scene.World.Disk.Bytes.ToArray();
        var torn = whole.AsMemory(0, whole.Length - (RecordHeader.Size / 2));
        var changed = whole.ToArray();
        changed[whole.Length / 2] ^= 1;

        Assert.Null(Journal.Chain.JournalCheck.Damage(torn));
        Assert.NotNull(Journal.Chain.JournalCheck.Damage(changed));
    }
}
