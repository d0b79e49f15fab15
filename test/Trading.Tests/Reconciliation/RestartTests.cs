using Parallax.Domain;
using Parallax.Trading.Arming;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Reconciliation;

/// <summary>A session that follows another takes over what that one left open, asks what it cannot know, and only then trades.</summary>
public sealed class RestartTests
{
    private static readonly Holding Usd = new(HandFed.Usd, HandFed.Venue), Btc = new(HandFed.Btc, HandFed.Venue);

    [Fact]
    public void Balances_of_a_finished_plan_are_the_next_sessions_opening()
    {
        var first = new HandFed(Reconciling).Open().SayLedger().Quiet().Open().FillAll(1).FillAll(2).FillAll(3);

        var second = first.Restarted().Quiet();

        Assert.Equal(first.Balance(HandFed.Usd), second.Balance(HandFed.Usd));
        Assert.Equal(first.Balance(HandFed.Eth), second.Balance(HandFed.Eth));
        Assert.Equal(1_067.22m, second.Balance(HandFed.Usd));
        Assert.All(second.All<Posted>(), posted => Assert.Equal(PostingReason.Carried, posted.Reason));
        Assert.Equal(new OpeningTaken(2, 0, 3, 0), second.Only<OpeningTaken>());
    }

    [Fact]
    public void Nothing_is_traded_before_the_venue_and_the_ledger_agree()
    {
        var hand = new HandFed(Reconciling).Open();

        Assert.Equal("not-reconciled", hand.Only<OpportunityRefused>().Reason);
        Assert.Empty(hand.Orders);
        Assert.Single(hand.Surveys);

        hand.SayLedger().Book(HandFed.EthUsd, [(11m, 201m)], [(11.1m, 200m)]);

        Assert.Single(hand.Orders);
        Assert.True(hand.Engine.Reconciler.IsReconciled);
    }

    [Fact]
    public void A_failed_statement_proves_nothing_and_is_asked_for_again()
    {
        var hand = new HandFed(Reconciling).Open().Say(new Statement.Begun(HandFed.Venue, 0), new Statement.Ended(HandFed.Venue, false, "rate limit"));

        Assert.False(hand.Engine.Reconciler.IsReconciled);
        hand.Wake();
        Assert.Equal(2, hand.Surveys.Count);
        hand.SayLedger();
        Assert.True(hand.Engine.Reconciler.IsReconciled);
    }

    [Fact]
    public void A_venue_that_never_answers_is_asked_again_and_nothing_is_traded()
    {
        var hand = new HandFed(Reconciling).Open().Wake();

        Assert.Equal("no whole answer came in time", hand.Only<Reconciled>().Note);
        hand.Wake();
        Assert.Equal(2, hand.Surveys.Count);
        Assert.Empty(hand.Orders);
    }

    [Fact]
    public void An_order_that_was_out_is_asked_for_under_its_old_id_and_its_fill_is_booked_once()
    {
        var first = Trading();
        var id = first.Orders[0].Id;

        var second = first.Restarted().Quiet().Wake();
        Assert.Equal(id, Assert.Single(second.Queries));
        var told = new OrderEvent { Id = id, Type = OrderEventType.Accepted, Instrument = HandFed.BtcUsd, Reason = "" };
        var fill = told with { Type = OrderEventType.Filled, Fill = new Level(100, 1_000), Fee = 0.1m, FeeAsset = HandFed.Btc, TradeId = 7 };
        second.Give(told).Give(fill).Give(fill);

        Assert.Equal(9.9m, second.Balance(HandFed.Btc));
        Assert.Equal(0m, second.Balance(HandFed.Usd));
        Assert.Equal(1, second.Engine.Executor.Totals.DuplicateFills);
        Assert.Empty(second.Orders);

        second.SayBalances((HandFed.Btc, 9.9m));
        Assert.False(second.Engine.Reconciler.IsReconciled);
        second.After(3_000).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]).Wake().SayBalances((HandFed.Btc, 9.9m));

        Assert.True(second.Engine.Reconciler.IsReconciled);
        second.FillAll(1).FillAll(2);
        Assert.Equal(PlanOutcome.Completed, second.Only<PlanClosed>().Outcome);
        Assert.Equal(1_067.22m, second.Balance(HandFed.Usd));
        Assert.Equal(HandFed.Profit, second.Only<PlanClosed>().Realised);
        Assert.Equal(2, second.Orders[0].Id.Session);
    }

    [Fact]
    public void An_order_the_venue_never_got_leaves_the_plan_missed_after_enough_answers()
    {
        var first = Trading();
        var told = new OrderEvent { Id = first.Orders[0].Id, Type = OrderEventType.NotFound, Instrument = HandFed.BtcUsd, Reason = "" };

        var second = first.Restarted().Quiet();
        while (second.Engine.Executor.OrdersOut > 0)
        {
            second.Wake().Give(told);
        }

        // One a second, over five seconds.
        Assert.Equal(6, second.Only<OrderAbsent>().Answers);
        Assert.Equal(1, second.Engine.Executor.OpenCount);

        second.SayLedger();

        Assert.Equal(PlanOutcome.Missed, second.Only<PlanClosed>().Outcome);
        Assert.Equal(0m, second.Reserved(HandFed.Usd));
        Assert.Empty(second.Orders);
    }

    [Fact]
    public void A_plan_between_two_legs_goes_on_once_the_account_is_proved()
    {
        var first = Trading().FillAll(1);

        var second = first.Restarted(records: RecordsUntil<OrderIntent>(first, 2)).Quiet();
        Assert.Empty(second.Orders);
        Assert.Equal(9.9m, second.Reserved(HandFed.Btc));

        second.SayLedger();

        Assert.Equal(HandFed.EthBtc, Assert.Single(second.Orders).Instrument);
        var resumed = second.Only<PlanResumed>();
        Assert.Equal((1, 1, 1, -1_000m), (resumed.Plan, resumed.FromSession, resumed.FromPlan, resumed.StartNet));
    }

    [Fact]
    public void A_plan_of_an_earlier_session_sends_nothing_before_the_operator_arms_this_one()
    {
        var first = Trading().FillAll(1);

        var second = first.Restarted(RecordsUntil<OrderIntent>(first, 2), settings => settings with { NeedsArming = true }).Quiet().SayLedger();
        Assert.True(second.Engine.Reconciler.IsReconciled);
        Assert.Empty(second.Orders);

        second.Give(new ArmCommand(second.Now + (60 * UtcNanos.PerSecond), 100m, "checked", "cli"));

        Assert.Single(second.Orders);
    }

    [Fact]
    public void A_third_session_still_knows_what_the_second_could_not_finish()
    {
        var third = Trading().FillAll(1).Restarted().Quiet().Restarted().Quiet().Wake();

        Assert.Equal(1, third.Engine.Executor.OpenCount);
        Assert.Equal(2, third.Queries[0].Attempt);
        Assert.Equal(1, third.Queries[0].Session);
        Assert.Equal((9.9m, 0m), (third.Balance(HandFed.Btc), third.Balance(HandFed.Usd)));
        Assert.Equal(-1_000m, third.Only<PlanResumed>().StartNet);
    }

    [Fact]
    public void A_crash_while_the_opening_was_restated_leaves_the_session_before_in_force()
    {
        var first = Trading().FillAll(1);
        var second = first.Restarted().Quiet();
        var expected = Sorted(second.Fold().Openings());
        var torn = RecordsUntil<OpeningTaken>(second, 1);

        for (var records = 0; records <= torn; records++)
        {
            var fold = first.Fold();
            for (var i = 0; i < records; i++)
            {
                fold.Take(second.Journal[i]);
            }

            Assert.Equal(Sorted(first.Fold().Openings()), Sorted(fold.Openings()));
        }

        Assert.NotEmpty(expected);

        static List<string> Sorted(IReadOnlyList<Opening> openings) => [.. openings.Select(item => Convert.ToHexString(item.Write(new())))];
    }

    [Fact]
    public void A_residual_stays_listed_with_its_age_over_restarts()
    {
        var first = Trading().FillPart(1, 5m);
        first.BookLost(HandFed.BtcUsd).BookLost(HandFed.EthBtc).Miss(2);
        while (first.All<PlanClosed>().Count == 0)
        {
            first.Wake();
        }

        var declared = Assert.Single(first.Engine.Executor.Residuals.Open);
        Assert.Equal((Btc, 4.95m, 500m), (declared.Holding, declared.Amount, declared.Cost));

        var second = first.Restarted().Quiet().Restarted().Quiet();

        Assert.Equal(declared, Assert.Single(second.Engine.Executor.Residuals.Open));
    }

    [Fact]
    public void A_kill_holds_over_the_restart_and_what_is_held_becomes_a_residual_then()
    {
        var first = Trading(settings => settings with { Execution = settings.Execution with { KillPolicy = KillPolicy.Hold } });
        first.Command(InputKind.Kill, "drill");
        Assert.Equal(1, first.CancelAlls);
        Assert.Equal(1, first.Engine.Executor.OpenCount);

        var second = first.Restarted().Quiet().Wake();
        var told = new OrderEvent { Id = first.Orders[0].Id, Type = OrderEventType.Filled, Instrument = HandFed.BtcUsd, Reason = "" };
        second.Give(told with { Fill = new Level(100, 1_000), Fee = 0.1m, FeeAsset = HandFed.Btc, TradeId = 7 });
        second.After(3_000).SayLedger().Wake().SayLedger();

        Assert.True(second.Engine.IsKilled);
        Assert.Equal(PlanOutcome.Residual, second.Only<PlanClosed>().Outcome);
        Assert.Equal(9.9m, Assert.Single(second.Engine.Executor.Residuals.Open).Amount);
        Assert.Empty(second.Orders);
    }

    internal static EngineSettings Reconciling(EngineSettings settings) => settings with { Reconciles = true };

    /// <summary>A reconciled session whose first order is out.</summary>
    internal static HandFed Trading(Func<EngineSettings, EngineSettings>? change = null) => new HandFed(
        settings => Reconciling(change?.Invoke(settings) ?? settings)).Quiet().SayLedger().After(10).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);

    /// <summary>Records before the n-th of a kind.</summary>
    private static int RecordsUntil<T>(HandFed hand, int n)
        where T : IDecision<T>
    {
        for (var i = 0; i < hand.Journal.Count; i++)
        {
            if (hand.Journal[i].Header.Kind == (byte)T.Kind && --n == 0)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"The journal has no such {typeof(T).Name}.");
    }
}
