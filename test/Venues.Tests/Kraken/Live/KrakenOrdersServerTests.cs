using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Live;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>The order gateway over real sockets against the independent server of VenueServers.</summary>
public sealed class KrakenOrdersServerTests
{
    [Fact]
    public async Task An_order_that_crosses_is_accepted_and_filled_with_its_fee_in_quote()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.FilledLots(id) == desk.Lots);

        var events = desk.Of(id);
        Assert.Contains(events, told => told.Type == OrderEventType.Accepted);
        Assert.DoesNotContain(events, told => told.Type is OrderEventType.Canceled or OrderEventType.Rejected or OrderEventType.OutcomeUnknown);
        Assert.All(events.Where(told => told.Type == OrderEventType.Filled), fill =>
        {
            Assert.Equal(desk.Instrument.Quote, fill.FeeAsset);
            Assert.Equal(desk.Instrument.Price(fill.Fill.PriceTicks) * desk.Instrument.Quantity(fill.Fill.QuantityLots) * 0.0026m, fill.Fee, 8);
        });
    }

    [Fact]
    public async Task An_order_far_from_the_market_is_accepted_and_canceled()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var id = await desk.BuyAsync(1, priceFactor: 0.5m);
        await desk.Until(() => desk.Of(id).Any(told => told.Type == OrderEventType.Canceled));

        Assert.Equal([OrderEventType.Accepted, OrderEventType.Canceled], desk.Of(id).Select(told => told.Type));
    }

    [Fact]
    public async Task An_order_beyond_the_funds_is_rejected_in_the_venues_words()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var id = await desk.BuyAsync(1, lotsFactor: 100_000_000);
        await desk.Until(() => desk.Of(id).Count > 0);

        var told = Assert.Single(desk.Of(id));
        Assert.Equal((OrderEventType.Rejected, "EOrder:Insufficient funds"), (told.Type, told.Reason));
    }

    [Fact]
    public async Task E1_after_a_kill_no_order_goes_to_the_socket_and_it_is_told_as_not_sent()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        desk.Kill.Raise();

        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.Of(id).Count > 0);

        Assert.Equal((OrderEventType.NotSent, "killed"), (Assert.Single(desk.Of(id)).Type, desk.Of(id)[0].Reason));
        Assert.Null((await AskAsync(desk, id)).Order);
    }

    [Fact]
    public async Task E1_after_a_kill_an_order_that_waits_for_its_turn_by_rest_is_not_sent_either()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.BuyAsync(1);
        using var unconnected = desk.Another(out var told);
        var id = desk.Submit(2, desk.Ticks, desk.Lots, decimal.MaxValue / 2, gateway: unconnected);
        desk.Kill.Raise();

        unconnected.Start();
        await desk.Until(() => told.Of(id).Count > 0);

        Assert.Equal(OrderEventType.NotSent, Assert.Single(told.Of(id)).Type);
        Assert.Null((await AskAsync(desk, id)).Order);
    }

    [Fact]
    public async Task A_lost_acknowledgement_costs_nothing_since_executions_tell_the_same()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.Parse("lost-ack=1"));
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.FilledLots(id) == desk.Lots);

        Assert.Contains(desk.Of(id), told => told.Type == OrderEventType.Accepted);
    }

    [Fact]
    public async Task An_unclear_refusal_is_unknown_until_both_lists_say_that_there_is_no_such_order()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.Parse("reject=1"), new KrakenOrderOptions { DeadlineNanos = KrakenLimits.OrderDeadlineNanosMin });
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.Of(id).Any(told => told.Type == OrderEventType.OutcomeUnknown));
        await desk.Until(() =>
        {
            // As the engine does: again until there is proof.
            desk.Orders.Query(id, desk.Clock.NowNanos);
            return desk.Of(id).Any(told => told.Type == OrderEventType.NotFound);
        });
    }

    [Fact]
    public async Task Rest_tells_the_same_trades_under_the_same_numbers_as_the_feed()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.FilledLots(id) == desk.Lots);
        var report = await new OrderInquiry(desk.Rest, new MarketNamesReader(desk.Rest, [desk.Instrument])).AskAsync(id, desk.Clock.NowNanos, CancellationToken.None);

        Assert.Equal(
            desk.Of(id).Where(told => told.Type == OrderEventType.Filled).Select(told => told.TradeId).Order(),
            report.Trades.Select(trade => OrderIds.TradeNumber(trade.TradeId)).Order());
        Assert.Equal(desk.Instrument.Quantity(desk.Lots), report.Order!.ExecutedQuantity);
    }

    [Fact]
    public async Task After_fills_the_balances_of_the_feed_equal_those_of_rest()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.Until(() => desk.Orders.Balances is not null);
        var before = desk.Orders.Balances!;
        Assert.Equal(await desk.RestBalancesAsync(), before.ByAsset);
        for (var plan = 1; plan <= 5; plan++)
        {
            var id = await desk.BuyAsync(plan);
            await desk.Until(() => desk.FilledLots(id) == desk.Lots);
        }

        var rest = await desk.RestBalancesAsync();
        Assert.True(rest[desk.Instrument.Base] > 0m && rest[desk.Instrument.Quote] < before.ByAsset[desk.Instrument.Quote]);
        await desk.Until(() => desk.Orders.Balances is { } held && held.ByAsset.SequenceEqual(rest));
        Assert.True(desk.Orders.Balances!.Time > before.Time);
    }

    [Fact]
    public async Task Without_a_connection_balances_are_unknown()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.Until(() => desk.Orders.Balances is not null);
        await desk.StopServerAsync();
        await desk.Until(() => desk.Orders.Balances is null);
    }

    [Fact]
    public async Task Many_orders_at_once_are_each_told_to_their_end()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None, new KrakenOrderOptions { Tier = KrakenTier.Pro });
        var ids = new List<ClientOrderId>();
        for (var plan = 1; plan <= 50; plan++)
        {
            ids.Add(await desk.BuyAsync(plan, priceFactor: plan % 2 == 0 ? 0.5m : 1.01m));
        }

        await desk.Until(() => ids.All(id => desk.FilledLots(id) == desk.Lots || desk.Of(id).Any(told => told.Type == OrderEventType.Canceled)));
        Assert.Equal(0, desk.Orders.Health.Rejected);
    }

    [Fact]
    public async Task A_key_that_is_wrong_halts_orders_and_says_why()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None, key: "another-key", isReady: false);
        await desk.Until(() => desk.Orders.HaltReason is not null);
        var id = desk.Submit(1, 1, 1, 1m);
        await desk.Until(() => desk.Of(id).Count > 0);

        Assert.Equal("EAPI:Invalid key", desk.Orders.HaltReason);
        Assert.Equal(OrderEventType.Rejected, Assert.Single(desk.Of(id)).Type);
    }

    [Fact]
    public async Task Without_a_connection_an_order_is_rejected_at_once()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.StopServerAsync();
        await desk.Until(() => !desk.Orders.IsReady);
        var id = desk.Submit(1, 300_000, 1_000, 1_000m);
        await desk.Until(() => desk.Of(id).Count > 0);

        Assert.Equal(OrderEventType.Rejected, Assert.Single(desk.Of(id)).Type);
    }

    private static Task<OrderReport> AskAsync(Desk desk, ClientOrderId id) =>
        new OrderInquiry(desk.Rest, new MarketNamesReader(desk.Rest, [desk.Instrument])).AskAsync(id, desk.Clock.NowNanos, CancellationToken.None);
}
