using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Tests.Engine;
using static Parallax.Trading.Tests.Reconciliation.RestartTests;

namespace Parallax.Trading.Tests.Reconciliation;

/// <summary>While a session runs, what the venue says of the account is compared with the ledger, and what is not ours is recognised.</summary>
public sealed class ReconcilerTests
{
    private static readonly Holding Usd = new(HandFed.Usd, HandFed.Venue);

    private readonly HandFed _hand = new HandFed(Reconciling).Quiet().SayLedger();

    [Fact]
    public void C15_A_journal_that_lost_its_end_marks_the_gap_once_the_account_is_proved()
    {
        var hand = new HandFed(settings => RestartTests.Reconciling(settings) with { Session = 9 }).Quiet().SayLedger().Restarted().Quiet();
        var told = Lost(session: 7, trade: 5);
        hand.Give(told).Give(told with { TradeId = 6 }).Give(told with { TradeId = 6 }).SayLedger();
        while (!hand.Engine.Reconciler.IsReconciled)
        {
            hand.Wake().SayLedger();
        }

        var gap = hand.Only<JournalGap>();
        Assert.Equal((1, 2, 7), (gap.Orders, gap.Trades, gap.LastSession));
        Assert.True(gap.SinceTime < gap.UntilTime);
        Assert.Equal((800m, 2m), (hand.Balance(HandFed.Usd), hand.Balance(HandFed.Btc)));
        Assert.Null(hand.Engine.Executor.HaltReason);
    }

    [Fact]
    public void C15_A_long_history_is_waited_for_as_long_as_it_goes_on_and_said_how_far_it_is()
    {
        var hand = new HandFed(Reconciling).Quiet();
        Assert.Null(hand.Engine.Reconciler.Awaits);
        for (var read = 50; read <= 4_000; read += 50)
        {
            Pass(hand, seconds: 20).Say(new Statement.Progress(HandFed.Venue, "trades", read, 4_010));
            Assert.Equal($"comparing the account at {HandFed.Venue} with the ledger: {read} of 4010 trades read", hand.Engine.Reconciler.Awaits);
        }

        Assert.Empty(hand.All<Reconciled>());
        Pass(hand, seconds: 20).SayLedger();

        Assert.True(hand.Engine.Reconciler.IsReconciled);
        Assert.Null(hand.Engine.Reconciler.Awaits);
    }

    [Fact]
    public void C15_A_history_that_goes_on_no_more_is_asked_for_again()
    {
        var hand = new HandFed(Reconciling).Quiet();
        hand.Say(new Statement.Progress(HandFed.Venue, "trades", 50, 4_010));
        Pass(hand, seconds: 31);

        Assert.Equal("no whole answer came in time", hand.Only<Reconciled>().Note);
        Assert.Equal($"the account at {HandFed.Venue} is not compared yet: no whole answer came in time", hand.Engine.Reconciler.Awaits);
    }

    [Fact]
    public void C15_An_order_under_an_id_that_this_session_may_use_halts_it_and_the_next_session_is_above()
    {
        var hand = new HandFed(RestartTests.Reconciling).Quiet().Give(Lost(session: 4, trade: 5));

        Assert.Contains("backup", hand.Engine.Executor.HaltReason, StringComparison.Ordinal);
        Assert.Equal(4, hand.Fold().LastSession);
    }

    /// <summary>Lets time go on, with what is due in it.</summary>
    private static HandFed Pass(HandFed hand, int seconds)
    {
        var until = hand.Now + (seconds * UtcNanos.PerSecond);
        while (hand.Engine.Deadlines.Next <= until)
        {
            hand.Wake();
        }

        return hand.After((until - hand.Now) / UtcNanos.PerMillisecond);
    }

    private static OrderEvent Lost(int session, ulong trade) => new()
    {
        Id = ClientOrderId.Of(session, 3, 1),
        Type = OrderEventType.Filled,
        Instrument = HandFed.BtcUsd,
        Fill = new Level(100, 100),
        TradeId = trade,
        Reason = "",
    };

    [Fact]
    public void The_first_statement_of_a_fresh_journal_is_the_opening_balance()
    {
        var hand = new HandFed(Reconciling).Quiet().SayBalances((HandFed.Usd, 2_500m), (HandFed.Eth, 3m));

        Assert.Equal((2_500m, 3m), (hand.Balance(HandFed.Usd), hand.Balance(HandFed.Eth)));
        Assert.Equal(0m, ProfitAndLoss.Of(hand.Engine.Treasury.Ledger, HandFed.Usd));
        Assert.Empty(hand.All<BalanceDrifted>());
    }

    [Fact]
    public void A_drift_stops_trading_and_names_asset_and_amount()
    {
        Survey().SayBalances((HandFed.Usd, 990m));
        var drift = _hand.Only<BalanceDrifted>();
        Assert.Equal((Usd, 1_000m, 990m, -10m), (drift.Holding, drift.Ours, drift.Theirs, drift.Drift));

        Pay();

        var refused = _hand.Only<OpportunityRefused>();
        Assert.Equal(("balance-drift", -10m), (refused.Reason, refused.Value));
        Assert.Empty(_hand.Orders);
    }

    [Fact]
    public void A_difference_of_one_lot_is_tolerated_and_of_a_little_more_is_not()
    {
        Survey().SayBalances((HandFed.Usd, 999.99m));
        Assert.Empty(_hand.All<BalanceDrifted>());

        Survey().SayBalances((HandFed.Usd, 999.9899m));
        Assert.Equal(0.01m, _hand.Only<BalanceDrifted>().Tolerance);
    }

    [Fact]
    public void D9_a_drift_of_a_thousandth_is_an_alarm_and_a_little_more_trips_the_kill_switch()
    {
        Survey().SayBalances((HandFed.Usd, 999.01m));
        Assert.Equal((1, false), (_hand.All<BalanceDrifted>().Count, _hand.Engine.IsKilled));

        Survey().SayBalances((HandFed.Usd, 999m));

        Assert.Equal("balance-drift: -1 USD at hand (ledger 1000, venue 999)", _hand.Only<KillSwitchTripped>().Reason);
        Assert.Equal((true, 1), (_hand.Engine.IsKilled, _hand.CancelAlls));
        Assert.Equal(new OperatorCommand(_hand.Engine.KillReason!, "engine"), _hand.Fold().Kill);
    }

    [Fact]
    public void D9_what_the_drift_killed_goes_on_only_when_it_is_accepted_and_an_operator_resumes()
    {
        Survey().SayBalances((HandFed.Usd, 990m));
        _hand.Command(InputKind.Resume, "too early");
        Survey().SayBalances((HandFed.Usd, 990m));
        Assert.Equal((true, 2), (_hand.Engine.IsKilled, _hand.All<KillSwitchTripped>().Count));

        _hand.Give(new BalanceAcceptance(Usd, new OperatorCommand("fee of last month", "cli"))).Command(InputKind.Resume, "looked at");
        Survey().SayLedger();
        Pay();

        Assert.Single(_hand.Orders);
    }

    [Fact]
    public void A_drift_ends_when_an_operator_takes_the_venues_word()
    {
        Survey().SayBalances((HandFed.Usd, 999.5m));
        _hand.Give(new BalanceAcceptance(Usd, new OperatorCommand("fee of last month", "cli")));

        Assert.Equal(999.5m, _hand.Balance(HandFed.Usd));
        Assert.Equal(PostingReason.Reconciliation, _hand.All<Posted>()[^1].Reason);
        Pay();
        Assert.Single(_hand.Orders);
    }

    [Fact]
    public void A_drift_ends_when_the_venue_agrees_again()
    {
        Survey().SayBalances((HandFed.Usd, 999.5m));
        Survey().SayLedger();

        Pay();

        Assert.Single(_hand.Orders);
    }

    [Fact]
    public void A_deposit_is_an_external_transfer_and_no_profit_however_often_it_is_told()
    {
        var deposit = new Statement.Transfer(HandFed.Venue, "D1", HandFed.Usd, 500m);
        Survey().Say(new Statement.Begun(HandFed.Venue, 0), deposit, deposit, new Statement.Balance(HandFed.Venue, HandFed.Usd, 1_500m, 0m), Ended());
        Survey().Say(new Statement.Begun(HandFed.Venue, 0), deposit, new Statement.Balance(HandFed.Venue, HandFed.Usd, 1_500m, 0m), Ended());

        Assert.Equal(1_500m, _hand.Balance(HandFed.Usd));
        Assert.Equal(0m, ProfitAndLoss.Of(_hand.Engine.Treasury.Ledger, HandFed.Usd));
        Assert.Empty(_hand.All<BalanceDrifted>());
        Assert.Equal(2, _hand.All<Posted>().Count(posted => posted.Reason == PostingReason.Deposit));
    }

    [Fact]
    public void A_transfer_known_from_an_earlier_session_is_not_booked_again()
    {
        var deposit = new Statement.Transfer(HandFed.Venue, "D1", HandFed.Usd, 500m);
        Survey().Say(new Statement.Begun(HandFed.Venue, 0), deposit, new Statement.Balance(HandFed.Venue, HandFed.Usd, 1_500m, 0m), Ended());

        var next = _hand.Restarted().Quiet();
        next.Say(new Statement.Begun(HandFed.Venue, 0), deposit, new Statement.Balance(HandFed.Venue, HandFed.Usd, 1_500m, 0m), Ended());

        Assert.Equal(1_500m, next.Balance(HandFed.Usd));
        Assert.True(next.Engine.Reconciler.IsReconciled);
        Assert.True(next.Surveys[0] < _hand.Now && next.Surveys[0] > _hand.Now - (200 * UtcNanos.PerSecond));
    }

    [Fact]
    public void A_trade_by_hand_moves_the_balances_and_is_no_profit()
    {
        Survey().Say(
            new Statement.Begun(HandFed.Venue, 0),
            new Statement.ForeignTrade(HandFed.Venue, "T1", HandFed.Btc, 1m, HandFed.Usd, -100m, HandFed.Usd, 0.5m),
            new Statement.Balance(HandFed.Venue, HandFed.Usd, 899.5m, 0m),
            new Statement.Balance(HandFed.Venue, HandFed.Btc, 1m, 0m),
            Ended());

        Assert.Equal((899.5m, 1m), (_hand.Balance(HandFed.Usd), _hand.Balance(HandFed.Btc)));
        Assert.Equal(0m, ProfitAndLoss.Of(_hand.Engine.Treasury.Ledger, HandFed.Usd));
        Assert.Empty(_hand.All<BalanceDrifted>());
    }

    [Fact]
    public void An_open_order_of_ours_that_nothing_owns_is_taken_back_and_a_foreign_one_is_never_touched()
    {
        var ours = ClientOrderId.Of(1, 99, 1);
        Survey().Say(
            new Statement.Begun(HandFed.Venue, 0),
            new Statement.OpenOrder(HandFed.Venue, ours, "O1", HandFed.BtcUsd, Side.Buy, 5, 90),
            new Statement.OpenOrder(HandFed.Venue, default, "O2", HandFed.BtcUsd, Side.Buy, 5, 90),
            Ended());

        Assert.Equal(ours, Assert.Single(_hand.Cancels));
        Assert.Equal([ours, default], _hand.All<OrderUnowned>().Select(order => order.Id));
    }

    [Fact]
    public void What_moved_since_the_account_was_asked_for_is_left_to_the_next_statement()
    {
        Survey();
        Pay();
        _hand.FillAll(1).SayBalances((HandFed.Usd, 1_000m));

        Assert.Empty(_hand.All<BalanceDrifted>());
        Assert.True(_hand.All<Reconciled>()[^1].Skipped >= 2);
    }

    [Fact]
    public void A_venue_that_takes_no_orders_gets_none_until_it_does()
    {
        _hand.Give(new VenueStatus(HandFed.Venue, VenueCondition.CancelOnly, "", "upgrade"));
        Pay();
        Assert.Equal("venue-closed", _hand.Only<OpportunityRefused>().Reason);

        _hand.Give(new VenueStatus(HandFed.Venue, VenueCondition.Online, "", "")).Book(HandFed.EthUsd, [(11m, 201m)], [(11.1m, 200m)]);

        Assert.Single(_hand.Orders);
    }

    [Fact]
    public void A_fee_that_rises_counts_from_the_next_decision()
    {
        _hand.Give(new FeeSchedule(HandFed.Venue, "", new FeeTerms(0.05m, FeeMode.Receive)));
        Pay();
        Assert.Empty(_hand.All<OpportunityOpened>());

        _hand.Give(new FeeSchedule(HandFed.Venue, "", new FeeTerms(0.01m, FeeMode.Receive)));

        Assert.Single(_hand.All<OpportunityOpened>());
        Assert.Single(_hand.Orders);
    }

    /// <summary>Goes to the next survey.</summary>
    private HandFed Survey()
    {
        var before = _hand.Surveys.Count;
        while (_hand.Surveys.Count == before)
        {
            _hand.Wake();
        }

        return _hand.Quiet();
    }

    private void Pay() => _hand.After(10).Quiet().Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);

    private static Statement.Ended Ended() => new(HandFed.Venue, true, "");
}
