using Parallax.Simulation.Drill;
using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Decisions;
using Parallax.Trading.Reconciliation;
using static Parallax.Drill.Tests.Scene;

namespace Parallax.Drill.Tests.Scenarios;

/// <summary>What seeds have found and is mended: kept small.</summary>
public sealed class FoundBySeeds
{
    private const long End = 3_600 * S;

    private static readonly C1Killed Restart = new() { FromNanos = 3 * S, UntilNanos = End };

    [Fact]
    public void A_halt_outlives_a_restart_until_an_operator_lifts_it()
    {
        var scene = Play(
            [new A12OverFill { FromNanos = 0, UntilNanos = End, Attempt = 1, Lots = 3 }, Restart],
            nanos: 20 * S,
            script: world =>
            {
                world.Agenda.After(6 * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms));
                world.Agenda.After(10 * S, () => world.Operator.Resume("looked at"));
                world.Agenda.After(12 * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms));
            });
        var start = scene.World.Terms.StartTime;

        Assert.DoesNotContain(scene.Plans, plan => plan.Time > start + (4 * S) && plan.Time < start + (10 * S) && !plan.IsTakenOver);
        Assert.Contains(scene.Plans, plan => plan.Time > start + (12 * S));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5473)]
    public void A_halt_outlives_the_power_that_goes_right_after_it(ulong seed)
    {
        var hasDied = false;
        var scene = Play(
            [new A12OverFill { FromNanos = 0, UntilNanos = End, Attempt = 1, Lots = 3 }],
            nanos: 20 * S,
            script: world => world.Agenda.After(10 * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms)),
            before: world =>
            {
                if (!hasDied && world.Told.Halts.Count > 0)
                {
                    hasDied = true;
                    world.Machine.Crash(losesPower: true, "right after the halt");
                }
            },
            seed: seed);

        Assert.True(hasDied);
        Assert.NotEmpty(scene.World.Told.Halts);
        Assert.True(scene.World.Engine!.IsKilled);
        Assert.Single(scene.Plans, plan => !plan.IsTakenOver);
    }

    [Fact]
    public void What_came_in_before_the_first_statement_of_all_is_part_of_it_and_not_booked_again()
    {
        var scene = Play([], script: world => world.Venue.Transfer(DrillListings.Usd, 250m), surveyNanos: S);

        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        Assert.Empty(scene.World.Engine!.Reconciler.Drifts);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void The_loss_of_a_plan_that_the_first_opportunity_of_a_session_finds_ended_is_no_loss_of_everything()
    {
        var scene = Play(
            [
                new A2LateAnswer { FromNanos = 0, UntilNanos = End, Attempt = 1, DelayNanos = 5 * S },
                new C1Killed { FromNanos = S + (20 * Ms), UntilNanos = End },
            ],
            nanos: 20 * S,
            script: world => world.Agenda.After(10 * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms)));

        Assert.True(scene.Plans.First(plan => plan.Closed is not null).Closed!.Value.Realised < 0m);
        Assert.Contains(scene.Plans, plan => plan.Closed is { Outcome: PlanOutcome.Completed });
        scene.AssertBooksAgree();
    }

    /// <summary>A crash between a movement's record and its postings: it counted as booked, its money was missing for good.</summary>
    [Fact]
    public void Wherever_a_journal_is_cut_a_movement_of_others_is_known_exactly_when_all_of_it_is_in_the_balances()
    {
        var scene = Play([new A21TradeByHand { FromNanos = 3 * S, UntilNanos = End, Quantity = 20 }], nanos: 6 * S, surveyNanos: S);
        var fold = new JournalFold();
        var records = new JournalBytes(scene.World.Disk.Bytes.Span);
        var (known, usd) = (false, 0m);
        while (records.TryNext(out var record))
        {
            fold.Take(record);
            var openings = fold.Openings().ToList();
            var (btc, held) = (Held(openings, DrillListings.Btc), Held(openings, DrillListings.Usd));
            known = openings.OfType<Opening.Booked>().Any(booked => booked.Reference == "trade-1");

            if (record.Header.ReceivedTime > scene.World.Terms.StartTime + (3 * S))
            {
                Assert.Equal((known, known), (btc >= 0.002m, held <= usd - 100m));
            }
            else
            {
                usd = held;
            }
        }

        Assert.True(known);
    }

    /// <summary>A balance that had moved and come back while the account was asked for counted as one that had not moved, and its difference killed trading.</summary>
    [Fact]
    public void A_balance_that_moves_and_comes_back_while_the_account_is_asked_for_is_left_to_the_next_statement()
    {
        var result = DrillRun.Of(new DrillPlan(7464, DrillPlan.Of(7464).Terms, () => []));

        Assert.Null(result.Breach);
    }

    /// <summary>6406: money that a late fill had turned into another asset was listed nowhere. 7555: a plan offered what a corrected fee had taken, and was refused until its orders were used up.</summary>
    [Theory]
    [InlineData(6406)]
    [InlineData(7555)]
    public void Money_in_another_asset_comes_home_and_trading_goes_on(int seed)
    {
        var plan = DrillPlan.Of((ulong)seed);

        Assert.Null(DrillRun.Of(plan).Breach);
    }

    [Fact]
    public void A_fee_in_an_asset_that_a_plan_never_touches_is_listed_when_it_ends()
    {
        var scene = Play([new A15OtherFee { FromNanos = 0, UntilNanos = End, Attempt = 2, Asset = DrillListings.Sol }]);

        Assert.Contains(scene.Closed.Remainders.ToArray(), left => left is { IsDust: true, Amount: < 0m, MarkInStart: < 0m } && left.Asset == DrillListings.Sol);
    }

    private static decimal Held(IEnumerable<Opening> openings, Domain.Asset asset) =>
        openings.OfType<Opening.Balance>().Where(balance => balance.Holding.Asset == asset).Sum(balance => balance.Amount);
}
