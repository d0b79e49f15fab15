using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using static Parallax.Drill.Tests.Scene;

namespace Parallax.Drill.Tests.Scenarios;

/// <summary>Tables B, D and E, as far as they are about what the engine does.</summary>
public sealed class ConditionScenarios
{
    private const long End = 3_600 * S;

    [Fact]
    public void A13_A_fill_after_the_word_that_an_order_is_canceled_is_booked_and_alarmed()
    {
        var scene = Play([new A13FillAfterCancel { FromNanos = 0, UntilNanos = End, Attempt = 1 }]);

        Assert.Equal(OrderEventType.Canceled, scene.Orders[0].Heard[0]);
        Assert.Equal(scene.AtVenue(scene.Orders[0]).FilledLots, scene.Orders[0].BookedLots);
        Assert.NotEmpty(scene.World.Told.Halts);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void A21_A_trade_by_hand_moves_the_balances_and_no_plan_and_nothing_stops()
    {
        var scene = Play([new A21TradeByHand { FromNanos = S / 2, UntilNanos = End, Quantity = 20 }], surveyNanos: S);

        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        Assert.True(scene.Balance(DrillListings.Btc) >= 0.002m);
        Assert.Empty(scene.World.Told.Halts);
        Assert.Empty(scene.World.Engine!.Reconciler.Drifts);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void B2_After_a_gap_the_book_starts_afresh_and_trading_goes_on()
    {
        var scene = Play([new B2Gap { FromNanos = S / 2, UntilNanos = End, Messages = 5 }]);

        Assert.True(scene.World.Engine!.Totals.BooksInvalidated > 0);
        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    [InlineData(86_400)]
    public void D1_A_jump_of_the_wall_clock_changes_no_age_and_no_duration(int seconds)
    {
        var scene = Play([new D1ClockJump { FromNanos = S / 2, UntilNanos = End, JumpNanos = seconds * S }]);

        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        Assert.All(scene.Orders, order => Assert.InRange(order.Time - Assert.Single(scene.Plans).Time, 0, 100 * Ms));
    }

    [Fact]
    public void D2_By_a_clock_three_seconds_off_the_venues_nothing_is_traded_and_the_reason_is_told()
    {
        var scene = Play([], script: world => world.Clock.OffsetNanos = 3 * S);

        Assert.Empty(scene.Orders);
        Assert.True(scene.World.Engine!.Totals.Refused.ContainsKey("clock-skew"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public void D2_A_session_that_began_by_a_wrong_clock_trades_by_itself_once_the_clock_was_set_right(int seconds)
    {
        var scene = Play(
            [],
            nanos: 20 * S,
            shape: terms => terms with { ChecksTape = true },
            script: world =>
            {
                world.Clock.OffsetNanos = seconds * S;
                world.Agenda.After(2 * S, () => world.Clock.OffsetNanos = 0);
                world.Agenda.After(10 * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms));
            });

        Assert.True(scene.World.Engine!.Totals.Refused["clock-skew"] > 0);
        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        Assert.True(Assert.Single(scene.Plans).Time >= scene.World.Terms.StartTime + (10 * S));
        Assert.Equal(1, scene.World.Machine.Starts);
        Assert.Null(Assert.Single(scene.World.Machine.Tapes).Difference());
    }

    [Fact]
    public void D2_A_journal_that_was_written_ahead_of_time_is_waited_for_and_then_traded_on()
    {
        var scene = Play(
            [new C1Killed { FromNanos = 3 * S, UntilNanos = 3 * S, LosesPower = false }],
            nanos: 30 * S,
            script: world =>
            {
                world.Clock.OffsetNanos = 6 * S;
                world.Agenda.After(3 * S, () => world.Clock.OffsetNanos = 0);
                world.Agenda.After(14 * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms));
            });

        Assert.Equal(2, scene.World.Machine.Starts);
        Assert.Equal(PlanOutcome.Completed, scene.Closed.Outcome);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void D4_While_the_rate_limit_is_exceeded_a_plan_does_not_hammer_the_venue()
    {
        var scene = Play([new D4RateLimit { FromNanos = S + (12 * Ms), UntilNanos = 4 * S }], nanos: 30 * S);

        var refused = scene.World.Venue.Orders.Values.Where(order => order.RejectReason == "rate limit exceeded").Select(order => order.ArrivalTime).ToList();

        Assert.InRange(refused.Count, 1, 12);
        Assert.All(refused.Zip(refused.Skip(1)).Skip(1), pair => Assert.True(pair.Second - pair.First > 200 * Ms, scene.ToString()));
        Assert.Equal(0, scene.World.Told.OpenPlans);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void D6_During_maintenance_refused_orders_are_no_loss_and_trading_goes_on_afterwards()
    {
        var scene = Play(
            [new D6Maintenance { FromNanos = S / 2, UntilNanos = 3 * S }],
            nanos: 20 * S,
            script: world => world.Agenda.After(12 * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms)));

        Assert.Equal(PlanOutcome.Missed, scene.Plans[0].Closed!.Value.Outcome);
        Assert.Contains(scene.Plans, plan => plan.Closed is { Outcome: PlanOutcome.Completed });
        scene.AssertBooksAgree();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void D7_A_server_error_on_a_placement_is_an_unknown_outcome_and_no_failure(bool arrives)
    {
        var scene = Play([new D7ServerError { FromNanos = 0, UntilNanos = End, Attempt = 1, Arrives = arrives }]);
        var hit = scene.Orders[0];

        Assert.Contains(OrderEventType.OutcomeUnknown, hit.Heard);
        Assert.DoesNotContain(OrderEventType.Rejected, hit.Heard);
        Assert.Equal(arrives, hit.BookedLots > 0);
        Assert.All(scene.World.SentTimes.Values, sent => Assert.Equal(1, sent));
        scene.AssertBooksAgree();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void D9_A_difference_that_nothing_explains_stops_trading_and_names_asset_and_amount(int usd)
    {
        var scene = Play([], script: world => world.Agenda.After(S / 2, () => world.Venue.Move(DrillListings.Usd, usd)), surveyNanos: S);
        var drift = Assert.Single(scene.World.Engine!.Reconciler.Drifts);

        Assert.Equal((DrillListings.Usd, (decimal)usd), (drift.Holding.Asset, drift.Drift));
        Assert.True(scene.World.Engine.Totals.Refused.ContainsKey("balance-drift") || scene.Plans.Count == 1);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(-15, true)]
    public void D9_A_difference_above_a_thousandth_kills_and_outlives_the_power_that_goes_right_after_it(int usd, bool kills)
    {
        var hasDied = false;
        var scene = Play(
            [],
            script: world => world.Agenda.After(S / 2, () => world.Venue.Move(DrillListings.Usd, usd)),
            before: world =>
            {
                if (!hasDied && world.Engine!.Reconciler.Drifts.Count > 0)
                {
                    hasDied = true;
                    world.Machine.Crash(losesPower: true, "right after the drift");
                }
            },
            surveyNanos: S);

        Assert.True(hasDied);
        Assert.Equal(kills, scene.World.Engine!.IsKilled);
        Assert.Equal(kills, scene.World.Engine.KillReason?.StartsWith("balance-drift: -15 USD at ", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(-500)]
    public void D10_A_transfer_is_booked_as_what_it_is_and_is_no_profit(int usd)
    {
        var scene = Play([new D10Transfer { FromNanos = S / 2, UntilNanos = End, Usd = usd }], surveyNanos: S);
        var alone = Play([]);

        Assert.Equal(alone.Closed.Realised, scene.Closed.Realised);
        Assert.Equal(alone.Balance(DrillListings.Usd) + usd, scene.Balance(DrillListings.Usd));
        Assert.Empty(scene.World.Engine!.Reconciler.Drifts);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(11)]
    [InlineData(18)]
    public void E1_After_a_kill_no_plan_is_opened_what_is_out_comes_to_its_end_and_a_restart_stays_killed(int millisAfter)
    {
        var scene = Play(
            [
                new E1Kill { FromNanos = PlantedNanos + (millisAfter * Ms), UntilNanos = End },
                new C1Killed { FromNanos = 3 * S, UntilNanos = End, LosesPower = true },
            ],
            nanos: 12 * S,
            script: world => world.Agenda.After(6 * S, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms)));

        Assert.True(scene.World.Engine!.IsKilled);
        Assert.InRange(scene.Plans.Count(plan => !plan.IsTakenOver), 0, 1);
        Assert.Equal(0, scene.World.Told.OpenPlans);
        scene.AssertBooksAgree();
    }

    [Fact]
    public void E2_A_kill_switch_in_a_loop_ends_in_the_right_state_and_nothing_is_opened_while_it_is_on()
    {
        var scene = Play([new E2KillLoop { FromNanos = S / 2, UntilNanos = 3 * S, Times = 500 }]);

        Assert.False(scene.World.Engine!.IsKilled);
        scene.AssertBooksAgree();
    }
}
