using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Venues.Tests.Kraken.Live;

public sealed class OrderSessionTests
{
    private readonly OrderDriver _venue = new OrderDriver().Connected();

    [Fact]
    public void An_order_is_accepted_filled_and_needs_no_other_end()
    {
        var order = _venue.Send();
        _venue.Accept(order);
        _venue.New(order);
        _venue.Trade(order, "T1", 60);
        _venue.Trade(order, "T2", 40);
        _venue.Canceled(order, 100, "filled");

        Assert.Equal("Accepted Filled:60 Filled:40", _venue.Story);
        var fill = _venue.Events[1];
        Assert.Equal((300_000, 0.25m, new Asset("USD"), order.Request.Id), (fill.Fill.PriceTicks, fill.Fee, fill.FeeAsset, fill.Id));
        Assert.Equal(0, _venue.Session.OpenOrders);
    }

    [Fact]
    public void A_fill_may_come_before_the_acceptance()
    {
        var order = _venue.Send();
        _venue.Trade(order, "T1", 100);
        _venue.Accept(order);

        Assert.Equal("Filled:100", _venue.Story);
    }

    [Fact]
    public void What_an_immediate_order_did_not_get_is_canceled_after_its_fills()
    {
        var order = _venue.Send();
        _venue.Accept(order);
        _venue.Trade(order, "T1", 30);
        _venue.Canceled(order, 30);

        Assert.Equal("Accepted Filled:30 Canceled", _venue.Story);
    }

    [Fact]
    public void An_order_cut_to_its_budget_ends_when_the_smaller_one_is_filled()
    {
        var order = _venue.Send(lots: 100, sentLots: 90);
        _venue.Accept(order);
        _venue.Trade(order, "T1", 90);
        _venue.Canceled(order, 90, "filled");

        Assert.Equal("Accepted Filled:90 Canceled", _venue.Story);
    }

    [Fact]
    public void Everything_told_twice_is_taken_once()
    {
        var order = _venue.Send();
        _venue.Accept(order);
        _venue.Accept(order);
        _venue.Repeat(() => _venue.Trade(order, "T1", 30));
        _venue.Trade(order, "T1", 30);
        _venue.Repeat(() => _venue.Canceled(order, 30));

        Assert.Equal("Accepted Filled:30 Canceled", _venue.Story);
        Assert.Null(_venue.Session.EndReason);
    }

    [Fact]
    public void A_cancel_that_counts_a_fill_we_did_not_see_is_no_end_but_a_doubt()
    {
        var order = _venue.Send();
        _venue.Accept(order);
        _venue.Canceled(order, 30);
        Assert.Equal("Accepted OutcomeUnknown", _venue.Story);

        _venue.Report(order, "canceled", 30, _venue.TradeOf(order, "T1", 30));
        Assert.Equal("Accepted OutcomeUnknown Filled:30 Canceled", _venue.Story);
    }

    [Theory]
    [InlineData("EOrder:Insufficient funds", "Rejected")]
    [InlineData("EOrder:Tick size check failed", "Rejected")]
    [InlineData("EService:Deadline elapsed", "Rejected")]
    [InlineData("EOrder:Rate limit exceeded", "Rejected")]
    [InlineData("EService:Market in cancel_only mode", "Rejected")]
    [InlineData("EService:Unavailable", "OutcomeUnknown")]
    [InlineData("EGeneral:Internal error", "OutcomeUnknown")]
    [InlineData("ESomething:Nobody told us about", "OutcomeUnknown")]
    public void A_refusal_is_final_only_where_the_venue_certainly_did_nothing(string error, string told)
    {
        var order = _venue.Send();
        _venue.Refuse(order, error);

        Assert.Equal(told, _venue.Story);
        Assert.Equal(error, _venue.Events[0].Reason);
    }

    [Theory]
    [InlineData("EAPI:Invalid key")]
    [InlineData("EGeneral:Permission denied")]
    [InlineData("EGeneral:Temporary lockout")]
    public void A_key_that_will_not_do_halts_orders_by_name(string error)
    {
        _venue.Refuse(_venue.Send(), error);

        Assert.Equal(error, _venue.Session.Halt?.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_venue_that_finds_us_too_fast_is_left_alone_for_a_while(bool isAboutAnOrder)
    {
        if (isAboutAnOrder)
        {
            _venue.Refuse(_venue.Send(), "EAPI:Rate limit exceeded");
        }
        else
        {
            _venue.Frame("""{"Error":"Exceeded msg rate"}""");
        }

        Assert.Equal(TimeSpan.FromSeconds(15), _venue.Session.Pause(_venue.Now));
        _venue.Pass(15);
        Assert.Equal((TimeSpan.Zero, null), (_venue.Session.Pause(_venue.Now), _venue.Session.Halt));
    }

    [Fact]
    public void No_answer_within_the_deadline_is_an_unknown_outcome_told_once()
    {
        _venue.Send();
        _venue.Pass(2.4);
        Assert.Equal("", _venue.Story);
        _venue.Pass(0.2);
        _venue.Pass(1);

        Assert.Equal("OutcomeUnknown", _venue.Story);
    }

    [Fact]
    public void An_order_that_the_sender_never_took_is_rejected_at_its_deadline()
    {
        var order = _venue.Send(isSent: false);
        _venue.Pass(2.6);

        Assert.Equal("Rejected", _venue.Story);
        Assert.False(order.TryTake());
    }

    [Fact]
    public void An_accepted_immediate_order_that_never_ends_is_doubted()
    {
        _venue.Accept(_venue.Send());
        _venue.Pass(2.6);

        Assert.Equal("Accepted OutcomeUnknown", _venue.Story);
    }

    [Fact]
    public void A_lost_connection_makes_what_was_sent_unknown_and_what_was_not_rejected()
    {
        _venue.Accept(_venue.Send(plan: 1));
        _venue.Send(plan: 2);
        _venue.Send(plan: 3, isSent: false);
        _venue.Session.End(_venue.Now);

        Assert.Equal(
            [(1, OrderEventType.Accepted), (3, OrderEventType.Rejected), (2, OrderEventType.OutcomeUnknown), (1, OrderEventType.OutcomeUnknown)],
            _venue.Events.Select(one => (one.Id.Plan, one.Type)));
    }

    [Fact]
    public void An_answer_that_comes_after_the_doubt_is_still_a_fact()
    {
        var order = _venue.Send();
        _venue.Pass(2.6);
        _venue.Trade(order, "T1", 100);

        Assert.Equal("OutcomeUnknown Filled:100", _venue.Story);
    }

    [Fact]
    public void Not_found_is_said_only_after_the_orders_own_deadline()
    {
        var order = _venue.Send();
        _venue.Session.End(_venue.Now);
        _venue.Connected();
        _venue.ReportAbsent(order);
        Assert.Equal("OutcomeUnknown OutcomeUnknown", _venue.Story);

        _venue.Pass(2.1);
        _venue.ReportAbsent(order);
        Assert.EndsWith("NotFound", _venue.Story, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_tells_only_what_the_feed_has_not_told()
    {
        var order = _venue.Send();
        _venue.Accept(order);
        _venue.Trade(order, "T1", 30);
        _venue.Session.End(_venue.Now);
        _venue.Report(order, "closed", 50, _venue.TradeOf(order, "T1", 30), _venue.TradeOf(order, "T2", 20));

        Assert.Equal("Accepted Filled:30 OutcomeUnknown Filled:20 Canceled", _venue.Story);
    }

    [Fact]
    public void A_question_without_an_answer_is_answered_with_a_doubt_so_that_the_engine_asks_again()
    {
        var order = _venue.Send();
        _venue.Pass(2.6);
        _venue.Session.OnReport(OrderReport.NoAnswer(order.Request.Id, "no whole answer within 10 s"), _venue.Now);
        _venue.Report(order, "closed", 50, _venue.TradeOf(order, "T1", 20));

        Assert.Equal("OutcomeUnknown OutcomeUnknown Accepted Filled:20 OutcomeUnknown", _venue.Story);
    }

    [Fact]
    public void A_gap_in_the_executions_costs_the_channel_and_a_doubt_about_every_open_order_but_not_the_connection()
    {
        var (order, session) = (_venue.Send(), _venue.Session);
        _venue.Execution(order, "\"exec_type\":\"new\"", sequence: 5);
        Assert.Equal((false, true, null), (session.IsReady, session.Executions.IsLost, session.EndReason));
        Assert.Equal("Accepted OutcomeUnknown", _venue.Story);
        Assert.Equal("Executions 2 to 4 were missed.", _venue.Events[^1].Reason);

        // What the old subscription still tells is a fact; the new one begins with what was missed, and counts from one.
        session.Executions.AskedFor(9, _venue.Now);
        _venue.Trade(order, "T1", 30);
        _venue.Frame("""{"method":"subscribe","req_id":9,"result":{"channel":"executions"},"success":true}""");
        _venue.Frame("""{"channel":"executions","type":"snapshot","data":[],"sequence":1}""");
        _venue.Execution(order, "\"exec_type\":\"trade\",\"exec_id\":\"T2\",\"last_qty\":0.0000007,\"last_price\":30000", sequence: 2);

        Assert.Equal((true, false, null), (session.IsReady, session.Executions.IsLost, session.EndReason));
        Assert.Equal("Accepted OutcomeUnknown Filled:30 Filled:70", _venue.Story);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_channel_that_cannot_be_had_again_costs_the_connection(bool isRefused)
    {
        _venue.Execution(_venue.Send(), "\"exec_type\":\"new\"", sequence: 5);
        _venue.Session.Executions.AskedFor(9, _venue.Now);
        if (isRefused)
        {
            _venue.Frame("""{"method":"subscribe","req_id":9,"error":"ESubscription:Not now","success":false}""");
        }
        else
        {
            _venue.Pass(5.1);
        }

        Assert.Contains("executions", _venue.Session.EndReason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Orders_of_others_on_the_account_are_not_touched()
    {
        _venue.Frame("""{"channel":"executions","type":"update","data":[{"order_id":"OAAAAA-BBBBB-CCCCCC","exec_type":"trade","exec_id":"TX","last_qty":1,"last_price":2,"symbol":"BTC/USD","side":"buy"}],"sequence":2}""");

        Assert.Empty(_venue.Events);
        Assert.Equal(1, _venue.Session.Ignored);
    }

    [Fact]
    public void A_fill_off_the_grid_is_not_guessed_at()
    {
        var order = _venue.Send();
        _venue.Trade(order, "T1", 100, price: 30_000.05m);

        Assert.Equal("OutcomeUnknown", _venue.Story);
        Assert.Contains("off the grid", _venue.Session.Halt?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_our_id_are_known_by_the_venues()
    {
        var order = _venue.Send();
        _venue.Accept(order);
        _venue.Frame("""{"channel":"executions","type":"update","data":[{"order_id":"O00001-AAAAA-BBBBBB","exec_type":"canceled","reason":"IOC remainder"}],"sequence":2}""");

        Assert.Equal("Accepted Canceled", _venue.Story);
        Assert.Equal("IOC remainder", _venue.Events[^1].Reason);
    }

    [Fact]
    public void A_gap_in_balances_asks_for_another_snapshot_and_costs_neither_connection_nor_orders()
    {
        var session = _venue.Session;
        session.Balances.AskedFor(7);
        _venue.Frame("""{"method":"subscribe","req_id":7,"result":{"channel":"balances","snapshot":true},"success":true}""");
        _venue.Frame(AccountBalancesTests.Text(isSnapshot: true, 1, ("BTC", "main", 1m)));
        Assert.Equal((1m, _venue.Now), (session.Balances.Account.Current!.ByAsset[new Asset("BTC")], session.Balances.Account.Current.Time));

        _venue.Frame(AccountBalancesTests.Text(isSnapshot: false, 3, ("BTC", "main", 3m)));
        Assert.Equal((true, true, null), (session.Balances.IsLost, session.IsReady, session.EndReason));
        Assert.Null(session.Balances.Account.Current);

        // One question at a time, and what still comes from the old subscription is no answer to it.
        session.Balances.AskedFor(8);
        _venue.Frame(AccountBalancesTests.Text(isSnapshot: false, 4, ("BTC", "main", 4m)));
        Assert.False(session.Balances.IsLost);
        _venue.Frame("""{"method":"subscribe","req_id":8,"result":{"channel":"balances","snapshot":true},"success":true}""");
        Assert.False(session.Balances.IsLost);
        _venue.Frame(AccountBalancesTests.Text(isSnapshot: true, 1, ("BTC", "main", 5m)));
        _venue.Frame(AccountBalancesTests.Text(isSnapshot: false, 2, ("BTC", "main", 6m)));
        Assert.Equal(6m, session.Balances.Account.Current!.ByAsset[new Asset("BTC")]);

        session.End(_venue.Now);
        Assert.Null(session.Balances.Account.Current);
    }

    [Fact]
    public void Orders_go_on_where_the_key_may_not_see_balances()
    {
        _venue.Session.Balances.AskedFor(7);
        _venue.Frame("""{"error":"EGeneral:Permission denied","method":"subscribe","req_id":7,"success":false}""");

        Assert.Equal((true, false, null, null), (_venue.Session.IsReady, _venue.Session.Balances.IsLost, _venue.Session.EndReason, _venue.Session.Halt?.Text));
        Assert.Null(_venue.Session.Balances.Account.Current);
        Assert.Equal(1, _venue.Session.Rejected);
    }
}
