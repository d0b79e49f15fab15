using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Execution;

/// <summary>One plan, leg by leg, through everything a venue may do with its orders. Numbers: see <see cref="HandFed"/>.</summary>
public sealed class PlanExecutorTests
{
    private readonly HandFed _hand = new HandFed().Open();

    [Fact]
    public void Three_filled_legs_earn_exactly_what_was_expected()
    {
        _hand.FillAll(1).FillAll(2).FillAll(3);

        Assert.Equal([10m, 99m, 98m], [_hand.Quantity(1), _hand.Quantity(2), _hand.Quantity(3)]);
        Assert.Equal(HandFed.Profit, _hand.Only<PlanOpened>().ExpectedProfit);
        var closed = _hand.Only<PlanClosed>();
        Assert.Equal((PlanOutcome.Completed, HandFed.Profit, 0m), (closed.Outcome, closed.Realised, closed.Slippage));
        Assert.Equal(1_000m + HandFed.Profit, _hand.Balance(HandFed.Usd));
        Assert.Equal(0m, _hand.Reserved(HandFed.Usd));
    }

    [Fact]
    public void What_no_lot_can_trade_is_left_as_dust_with_its_mark()
    {
        _hand.FillAll(1).FillAll(2).FillAll(3);

        var dust = Assert.Single(_hand.Only<PlanClosed>().Remainders.ToArray());
        Assert.Equal((HandFed.Eth, 0.01m, true), (dust.Asset, dust.Amount, dust.IsDust));
        Assert.Equal(0.01m * 0.098m * 0.99m * 99m * 0.99m, dust.MarkInStart);
    }

    [Fact]
    public void A_first_leg_that_does_not_fill_is_missed_and_leaves_everything_as_it_was()
    {
        _hand.Miss(1);

        var closed = _hand.Only<PlanClosed>();
        Assert.Equal((PlanOutcome.Missed, 0m), (closed.Outcome, closed.Realised));
        Assert.Empty(closed.Remainders.ToArray());
        Assert.Single(_hand.Orders);
        Assert.Equal((1_000m, 0m), (_hand.Balance(HandFed.Usd), _hand.Reserved(HandFed.Usd)));
    }

    [Fact]
    public void A_rejected_first_leg_is_missed_too()
    {
        _hand.Reject(1, "EOrder:Insufficient funds");

        Assert.Equal(PlanOutcome.Missed, _hand.Only<PlanClosed>().Outcome);
        Assert.Equal(0m, _hand.Reserved(HandFed.Usd));
    }

    [Fact]
    public void Later_legs_are_sized_to_what_a_partial_first_leg_brought_net_of_fee()
    {
        // 3 BTC less 1 % is 2.97: 29.7 ETH, less 1 % 29.403: 29.4 ETH at 11 is 323.4, less 1 % 320.166; 300 were spent.
        _hand.FillPart(1, 3m).FillAll(2).FillAll(3);

        Assert.Equal([29.7m, 29.4m], [_hand.Quantity(2), _hand.Quantity(3)]);
        var closed = _hand.Only<PlanClosed>();
        Assert.Equal((PlanOutcome.Completed, 20.166m), (closed.Outcome, closed.Realised));
        Assert.Equal(20.166m - HandFed.Profit, closed.Slippage);
    }

    [Fact]
    public void A_fee_in_another_asset_than_assumed_changes_what_the_next_leg_spends()
    {
        // The venue charges leg 1 in USD on top: all 10 BTC are there, 100 ETH can be bought; 10 USD more than reserved were spent.
        var hand = new HandFed(settings => settings with { Limits = settings.Limits with { NotionalMax = 900m } }).Open();
        Assert.Equal(9m, hand.Quantity(1));

        hand.Accept(1).Fill(1, 9m, fee: 9m, feeAsset: HandFed.Usd);

        Assert.Equal(90m, hand.Quantity(2));
        Assert.Equal(1_000m - 909m, hand.Balance(HandFed.Usd));
    }

    [Fact]
    public void Every_order_carries_the_most_it_may_spend()
    {
        _hand.FillAll(1).FillAll(2);

        Assert.Equal([1_000m, 9.9m, 98.01m], _hand.Orders.Select(order => order.SpendMax));
        Assert.All(_hand.Orders, order => Assert.Equal(TimeInForce.ImmediateOrCancel, order.TimeInForce));
    }

    [Fact]
    public void A_partial_second_leg_sells_what_it_brought_first_then_tries_the_rest_once_at_the_books_price()
    {
        // 40 ETH for 4 BTC, 5.9 BTC left. The book has gone to 0.101 meanwhile: going on is still worth more than going back.
        _hand.FillAll(1).Book(HandFed.EthBtc, [(0.098m, 200m)], [(0.101m, 200m)]).FillPart(2, 40m);

        Assert.Equal((HandFed.EthUsd, Side.Sell, 39.6m), (_hand.Orders[2].Instrument, _hand.Orders[2].Side, _hand.Quantity(3)));
        _hand.FillAll(3);
        Assert.Equal((HandFed.EthBtc, Side.Buy, 58.4m, 0.101m), (_hand.Orders[3].Instrument, _hand.Orders[3].Side, _hand.Quantity(4), _hand.Limit(4)));
        Assert.Equal(OrderPurpose.Requote, _hand.All<OrderIntent>()[3].Purpose);
        Assert.Equal(("continue", 5.9m), (_hand.Only<LegDecided>().Choice, _hand.Only<LegDecided>().Amount));

        // The re-quote misses as well: no third try, home.
        _hand.Miss(4);
        Assert.Equal((HandFed.BtcUsd, Side.Sell, 5.9m), (_hand.Orders[4].Instrument, _hand.Orders[4].Side, _hand.Quantity(5)));
        _hand.FillAll(5);

        var closed = _hand.Only<PlanClosed>();
        Assert.Equal(PlanOutcome.Unwound, closed.Outcome);
        Assert.Equal((39.6m * 11m * 0.99m) + (5.9m * 99m * 0.99m) - 1_000m, closed.Realised);
        Assert.Empty(closed.Remainders.ToArray());
    }

    [Fact]
    public void A_rejected_second_leg_goes_back_when_that_is_worth_more_than_going_on()
    {
        _hand.FillAll(1).Book(HandFed.EthUsd, [(9m, 200m)], [(11.1m, 200m)]).Reject(2);

        var decided = _hand.Only<LegDecided>();
        Assert.Equal(("unwind", HandFed.Btc, 9.9m), (decided.Choice, decided.Asset, decided.Amount));
        Assert.Equal(9.9m * 99m * 0.99m, decided.Unwind);
        Assert.True(decided.Continue < decided.Unwind);
        _hand.FillAll(3);
        var closed = _hand.Only<PlanClosed>();
        Assert.Equal((PlanOutcome.Unwound, (9.9m * 99m * 0.99m) - 1_000m), (closed.Outcome, closed.Realised));
    }

    [Fact]
    public void What_nothing_can_trade_is_a_residual_with_asset_and_amount_and_no_mark()
    {
        _hand.FillAll(1).BookLost(HandFed.BtcUsd).BookLost(HandFed.EthBtc).Miss(2);
        var since = _hand.Now;
        while (_hand.All<PlanClosed>().Count == 0)
        {
            _hand.Wake();
        }

        // A book may come back: the money waits for one, but no longer than it is allowed to.
        Assert.Equal(_hand.Settings.Execution.ResidualNanosMax, _hand.Now - since);
        var closed = _hand.Only<PlanClosed>();
        Assert.Equal((PlanOutcome.Residual, -1_000m), (closed.Outcome, closed.Realised));
        Assert.Equal(new Remainder(HandFed.Btc, 9.9m, null, IsDust: false), Assert.Single(closed.Remainders.ToArray()));
    }

    [Fact]
    public void Money_that_waits_for_a_book_goes_home_when_one_comes_back()
    {
        _hand.FillAll(1).BookLost(HandFed.BtcUsd).BookLost(HandFed.EthBtc).Miss(2).Wake();
        Assert.Equal(2, _hand.Orders.Count);

        _hand.Book(HandFed.BtcUsd, [(99m, 100m)], [(100m, 10m)]).Wake();

        Assert.Equal((HandFed.BtcUsd, Side.Sell), (_hand.Orders[2].Instrument, _hand.Orders[2].Side));
        _hand.FillAll(3);
        Assert.Equal(PlanOutcome.Unwound, _hand.Only<PlanClosed>().Outcome);
    }

    [Fact]
    public void An_order_is_not_sent_again_to_a_level_that_gave_nothing_until_the_book_changes()
    {
        // Leg 2 misses at 0.1; the book still shows it and nothing else, so the way home is taken instead of the same order again.
        _hand.FillAll(1).Miss(2);
        var tried = _hand.Orders[1];

        Assert.DoesNotContain(_hand.Orders.Skip(2), order => order.Instrument == tried.Instrument && order.LimitTicks == tried.LimitTicks);
    }

    [Fact]
    public void A_residual_is_marked_at_what_the_way_back_would_bring()
    {
        // The book back shows 2 BTC only: too thin for 9.9, but 2 go home at once; the rest waits for a deeper book that never comes.
        _hand.FillAll(1).Book(HandFed.BtcUsd, [(99m, 100m)], [(100m, 10m)]);
        for (var order = 2; _hand.All<PlanClosed>().Count == 0; order++)
        {
            _hand.Reject(order);
            if (_hand.Orders.Count == order && _hand.All<PlanClosed>().Count == 0)
            {
                // From the second refusal in a row on there is a pause.
                _hand.Wake();
            }
        }

        var closed = _hand.Only<PlanClosed>();
        Assert.Equal(new Remainder(HandFed.Btc, 9.9m, 9.9m * 99m * 0.99m, IsDust: false), Assert.Single(closed.Remainders.ToArray()));
        Assert.Equal(_hand.Settings.Execution.OrdersMax, _hand.Orders.Count);
        Assert.Contains("orders", _hand.All<LegDecided>()[^1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Money_that_comes_to_a_node_after_its_dust_was_left_there_is_looked_at_again()
    {
        // Leg 2 leaves 0.005 BTC (a fee in BTC made it so): dust. Then leg 3 misses, its ETH goes back to BTC and must go on to USD.
        _hand.FillAll(1).Accept(2).Fill(2, 98.9m).Cancel(2);
        Assert.Equal(3, _hand.Orders.Count);
        _hand.Book(HandFed.EthUsd, [], [(11.1m, 200m)]).Miss(3);

        Assert.Equal((HandFed.EthBtc, Side.Sell), (_hand.Orders[3].Instrument, _hand.Orders[3].Side));
        _hand.FillAll(4);
        Assert.Equal((HandFed.BtcUsd, Side.Sell), (_hand.Orders[4].Instrument, _hand.Orders[4].Side));
        _hand.FillAll(5);
        Assert.Equal(PlanOutcome.Unwound, _hand.Only<PlanClosed>().Outcome);
        Assert.All(_hand.Only<PlanClosed>().Remainders.ToArray(), left => Assert.True(left.IsDust));
    }

    [Fact]
    public void The_rounding_of_a_filled_leg_stays_as_dust_even_where_the_way_back_could_trade_it()
    {
        // Leg 1 brings 5.049 BTC, of which tenths of ETH at 1 BTC take 5: 0.049 BTC stay, which BTC/USD could sell.
        var hand = new HandFed()
            .Book(HandFed.BtcUsd, [(99m, 100m)], [(100m, 10m)])
            .Book(HandFed.EthBtc, [(0.900m, 200m)], [(1m, 200m)])
            .Book(HandFed.EthUsd, [(110m, 200m)], [(111m, 200m)]);
        hand.FillPart(1, 5.1m).FillAll(2).FillAll(3);

        Assert.Equal(3, hand.Orders.Count);
        var closed = hand.Only<PlanClosed>();
        Assert.Equal(PlanOutcome.Completed, closed.Outcome);
        Assert.Equal(new Remainder(HandFed.Btc, 0.049m, 0.049m * 99m * 0.99m, IsDust: true), closed.Remainders.Span[0]);
    }

    [Fact]
    public void Dust_is_dust_also_when_its_book_was_lost_meanwhile()
    {
        _hand.FillAll(1).FillAll(2).BookLost(HandFed.EthUsd).BookLost(HandFed.EthBtc).FillAll(3);

        var closed = _hand.Only<PlanClosed>();
        Assert.Equal(PlanOutcome.Completed, closed.Outcome);
        Assert.Equal(new Remainder(HandFed.Eth, 0.01m, null, IsDust: true), Assert.Single(closed.Remainders.ToArray()));
    }

    [Fact]
    public void Dust_is_dust_also_when_the_plan_has_no_orders_left()
    {
        var hand = new HandFed(settings => settings with { Execution = new ExecutionSettings { OrdersMax = 3 } }).Open();
        hand.FillAll(1).FillAll(2).FillAll(3);

        Assert.Equal(PlanOutcome.Completed, hand.Only<PlanClosed>().Outcome);
        Assert.Empty(hand.All<LegDecided>());
    }

    [Fact]
    public void The_same_fill_told_twice_is_booked_once()
    {
        _hand.Accept(1).Fill(1, 4m, trade: 71).Fill(1, 4m, trade: 71).Fill(1, 6m, trade: 72);

        Assert.Equal(99m, _hand.Quantity(2));
        Assert.Equal(0m, _hand.Balance(HandFed.Usd));
        Assert.Equal(2, _hand.Engine.Executor.Totals.Fills);
        Assert.Equal(1, _hand.Engine.Executor.Totals.DuplicateFills);
        Assert.Null(_hand.Engine.Executor.HaltReason);
    }

    [Fact]
    public void A_fill_before_its_acknowledgement_counts()
    {
        _hand.Fill(1, 10m).Accept(1);

        Assert.Equal(99m, _hand.Quantity(2));
        Assert.Equal(2, _hand.Orders.Count);
    }

    [Fact]
    public void A_fill_after_the_cancel_is_booked_and_halts_trading()
    {
        _hand.FillPart(1, 3m).Fill(1, 2m);

        Assert.Equal(500m, _hand.Balance(HandFed.Usd));
        Assert.Contains("after it was reported finished", _hand.Only<TradingHalted>().Reason, StringComparison.Ordinal);

        // The plan goes on with everything it has: leg 2 spends the 2.97 it was sized to, the rest follows.
        _hand.FillAll(2).FillAll(3);
        Assert.Equal((HandFed.EthBtc, 19.8m), (_hand.Orders[3].Instrument, _hand.Quantity(4)));
        _hand.FillAll(4).FillAll(5);
        Assert.Equal(PlanOutcome.Completed, _hand.Only<PlanClosed>().Outcome);
    }

    [Fact]
    public void More_filled_than_ordered_is_booked_and_halts_trading()
    {
        var hand = new HandFed(settings => settings with { Limits = settings.Limits with { NotionalMax = 500m } }).Open();
        hand.Accept(1).Fill(1, 6m);

        Assert.Equal(400m, hand.Balance(HandFed.Usd));
        Assert.Contains(hand.All<TradingHalted>(), halted => halted.Reason.Contains("more than it asked for", StringComparison.Ordinal));
        Assert.Equal(59.4m, hand.Quantity(2));
    }

    [Fact]
    public void A_fill_worse_than_the_limit_is_booked_as_it_is()
    {
        var hand = new HandFed(settings => settings with { Limits = settings.Limits with { NotionalMax = 500m } }).Open();
        hand.Accept(1).Fill(1, 5m, price: 102m);

        Assert.Equal(490m, hand.Balance(HandFed.Usd));
        Assert.Contains("more than was set aside", hand.Only<TradingHalted>().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void News_of_an_order_that_is_none_of_ours_halts_trading_and_books_nothing()
    {
        _hand.Give(new OrderEvent { Id = ClientOrderId.Of(7, 7, 7), Type = OrderEventType.Filled, Fill = new Level(100, 5), FeeAsset = HandFed.Usd, TradeId = 5, Reason = "" });

        Assert.Contains("none of ours", _hand.Only<TradingHalted>().Reason, StringComparison.Ordinal);
        Assert.Equal(1_000m, _hand.Balance(HandFed.Usd));
    }

    [Fact]
    public void Every_intent_is_in_the_journal_before_its_order_leaves()
    {
        _hand.FillAll(1).FillPart(2, 40m).FillAll(3);

        Assert.Equal(_hand.Orders.Select(order => order.Id), _hand.All<OrderIntent>().Select(intent => intent.Id));
    }

    [Fact]
    public void A_session_that_ends_under_way_declares_what_each_plan_holds()
    {
        _hand.FillAll(1);

        _hand.Engine.End();

        var closed = _hand.Only<PlanClosed>();
        Assert.Equal(PlanOutcome.Residual, closed.Outcome);
        Assert.Equal((HandFed.Btc, 9.9m), (closed.Remainders.Span[0].Asset, closed.Remainders.Span[0].Amount));
        Assert.Equal(0m, _hand.Reserved(HandFed.Btc));
    }
}
