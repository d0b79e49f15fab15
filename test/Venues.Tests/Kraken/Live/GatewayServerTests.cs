using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>Cancels, surveys, the dead man's timer, REST as the second way, and a venue that misbehaves; over real sockets.</summary>
public sealed class GatewayServerTests
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task A_resting_order_is_taken_back_over_the_feed()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var id = await RestingAsync(desk, 1);
        desk.Orders.Cancel(id, desk.Clock.NowNanos);
        await desk.Until(() => desk.Of(id).Any(told => told.Type == OrderEventType.Canceled));

        Assert.Equal([OrderEventType.Accepted, OrderEventType.Canceled], desk.Of(id).Select(told => told.Type));
    }

    [Fact]
    public async Task A_cancel_that_came_too_late_asks_what_became_of_the_order_and_says_nothing_new()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.FilledLots(id) == desk.Lots);
        var told = desk.Of(id).Count;
        desk.Orders.Cancel(id, desk.Clock.NowNanos);
        var next = await RestingAsync(desk, 2);

        Assert.Equal(told, desk.Of(id).Count);
        Assert.Equal(OrderEventType.Accepted, Assert.Single(desk.Of(next)).Type);
    }

    [Fact]
    public async Task All_orders_are_taken_back_with_one_request_those_of_other_hands_too()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        ClientOrderId[] ids = [await RestingAsync(desk, 1), await RestingAsync(desk, 2), await RestingAsync(desk, 3)];
        desk.Orders.CancelAll(desk.Clock.NowNanos);
        await desk.Until(() => ids.All(id => desk.Of(id).Any(told => told.Type == OrderEventType.Canceled)));
    }

    [Fact]
    public async Task An_order_that_never_left_goes_by_rest_while_the_feed_is_down_and_its_fills_are_asked_for()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.Venue.OrderAsync(new RestFault("GetWebSocketsToken", 503), Stop);
        await desk.Venue.OrderAsync(new RestFault("GetWebSocketsToken", 503), Stop);
        await desk.Venue.OrderAsync(new RestFault("GetWebSocketsToken", 503), Stop);
        await desk.Venue.DisconnectPrivateAsync(Stop);
        await desk.Until(() => !desk.Orders.IsReady && desk.Orders.Health.State == "offline");
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.FilledLots(id) == desk.Lots);

        Assert.Contains(desk.Of(id), told => told.Type == OrderEventType.Accepted);
        Assert.DoesNotContain(desk.Of(id), told => told.Type == OrderEventType.Rejected);
    }

    [Theory]
    [InlineData(502, false, OrderEventType.NotFound)]
    [InlineData(520, true, OrderEventType.Filled)]
    [InlineData(503, true, OrderEventType.Filled)]
    public async Task A_server_error_on_a_placement_is_unknown_until_the_venue_was_asked(int status, bool isPlaced, OrderEventType found)
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await OfflineAsync(desk);
        await desk.Venue.OrderAsync(new RestFault("AddOrder", status, IsCarriedOut: isPlaced), Stop);
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.Of(id).Count > 0);
        Assert.Equal(OrderEventType.OutcomeUnknown, desk.Of(id)[0].Type);
        await desk.Until(() =>
        {
            desk.Orders.Query(id, desk.Clock.NowNanos);
            return desk.Of(id).Any(told => told.Type == found);
        });

        Assert.DoesNotContain(desk.Of(id), told => told.Type == OrderEventType.Rejected);
    }

    [Fact]
    public async Task A_banned_address_halts_the_venue_and_nothing_more_is_asked()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.Venue.OrderAsync(new RestFault("OpenOrders", 403), Stop);
        desk.Orders.Query(ClientOrderId.Of(1, 9, 1), desk.Clock.NowNanos);
        await desk.Until(() => desk.Statuses().Any(status => status is { Condition: VenueCondition.Halted, Reason: VenueHalt.Banned }));
        var id = desk.Submit(1, 300_000, 1_000, 1_000m);
        await desk.Until(() => desk.Of(id).Count > 0);

        Assert.Equal(OrderEventType.Rejected, Assert.Single(desk.Of(id)).Type);
        Assert.True((await desk.Rest.BalancesAsync(Stop)).IsNotSent);
    }

    [Fact]
    public async Task A_venue_that_asks_for_a_pause_gets_it_and_orders_say_why_they_wait()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await OfflineAsync(desk);
        await desk.Venue.OrderAsync(new RestFault("AddOrder", 429, RetryAfterSeconds: 2), Stop);
        var first = await desk.BuyAsync(1);
        await desk.Until(() => desk.Of(first).Count > 0);
        Assert.Equal(OrderEventType.Rejected, Assert.Single(desk.Of(first)).Type);

        Assert.InRange(desk.Rest.Pause.TotalSeconds, 0.1, 2);
        await desk.Until(() => desk.Statuses().Any(status => status is { Condition: VenueCondition.Halted, Reason: VenueHalt.RateLimited }));
        await desk.Until(() => desk.Statuses()[^1].Condition == VenueCondition.Online);
    }

    [Fact]
    public async Task A_key_that_is_revoked_halts_the_venue_by_name()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.Venue.RevokeAsync(Desk.Key, Stop);
        desk.Orders.Survey(0, desk.Clock.NowNanos);
        await desk.Until(() => desk.Statuses().Any(status => status is { Condition: VenueCondition.Halted, Reason: VenueHalt.KeyRevoked }));
        await desk.Until(() => desk.Statements().Count == 2);

        Assert.False(Assert.IsType<Statement.Ended>(desk.Statements()[1]).IsComplete);
    }

    [Theory]
    [InlineData("maintenance", VenueCondition.Maintenance)]
    [InlineData("cancel_only", VenueCondition.CancelOnly)]
    [InlineData("post_only", VenueCondition.PostOnly)]
    [InlineData("limit_only", VenueCondition.LimitOnly)]
    public async Task The_venues_modes_are_told_and_orders_are_sent_when_it_is_online_only(string mode, VenueCondition condition)
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.Venue.SetModeAsync(mode, Stop);
        await desk.Until(() => desk.Statuses()[^1].Condition == condition && !desk.Orders.IsReady);
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.Of(id).Count > 0);
        Assert.Equal(OrderEventType.Rejected, Assert.Single(desk.Of(id)).Type);

        await desk.Venue.SetModeAsync("online", Stop);
        await desk.Until(() => desk.Statuses()[^1].Condition == VenueCondition.Online && desk.Orders.IsReady);
    }

    [Fact]
    public async Task A_survey_tells_balances_open_orders_trades_by_hand_and_deposits()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var since = desk.Clock.NowNanos - UtcNanos.PerSecond;
        var mine = await desk.BuyAsync(1);
        await desk.Until(() => desk.FilledLots(mine) == desk.Lots);
        var resting = await RestingAsync(desk, 2);
        Assert.Null(await desk.Venue.TradeByHandAsync(Desk.Key, "BTC/USD", Side.Buy, 0.5m, null, Stop));
        await desk.Venue.MoveAsync(Desk.Key, new Asset("USD"), 250m, Stop);
        await desk.Venue.MoveAsync(Desk.Key, new Asset("USDT"), -10m, Stop);
        desk.Orders.Survey(since, desk.Clock.NowNanos);
        await desk.Until(() => desk.Statements().Any(item => item is Statement.Ended));

        var told = desk.Statements();
        Assert.IsType<Statement.Begun>(told[0]);
        Assert.Equal(new Statement.Ended(KrakenInstruments.Venue, true, ""), told[^1]);
        Assert.Equal(
            await desk.Venue.BalancesAsync(Desk.Key, Stop),
            told.OfType<Statement.Balance>().ToDictionary(row => row.Asset, row => row.Total));
        Assert.Equal(resting, Assert.Single(told.OfType<Statement.OpenOrder>()).Id);
        Assert.All(told.OfType<Statement.ForeignTrade>(), trade => Assert.Equal((new Asset("BTC"), new Asset("USD")), (trade.Base, trade.Quote)));
        Assert.Equal(0.5m, told.OfType<Statement.ForeignTrade>().Sum(trade => trade.BaseChange));
        Assert.Equal([250m, -10m], told.OfType<Statement.Transfer>().Select(move => move.Change));
        Assert.Equal(desk.Lots, desk.FilledLots(mine));
    }

    [Fact]
    public async Task A_survey_reads_more_than_two_thousand_trades_says_how_far_it_is_and_tells_each_once()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var since = desk.Clock.NowNanos - UtcNanos.PerSecond;
        for (var trade = 0; trade < 2_100; trade++)
        {
            Assert.Null(await desk.Venue.TradeByHandAsync(Desk.Key, "BTC/USD", trade % 2 == 0 ? Side.Buy : Side.Sell, 0.001m, null, Stop));
        }

        desk.Orders.Survey(since, desk.Clock.NowNanos);
        await desk.Until(() => desk.Statements().Any(item => item is Statement.Ended));

        var told = desk.Statements();
        var trades = told.OfType<Statement.ForeignTrade>().ToList();
        Assert.Equal(new Statement.Ended(KrakenInstruments.Venue, true, ""), told[^1]);
        Assert.True(trades.Count >= 2_100);
        Assert.Equal(trades.Count, trades.Select(trade => trade.Reference).Distinct().Count());
        Assert.Equal(0m, trades.Sum(trade => trade.BaseChange));
        var progress = told.OfType<Statement.Progress>().ToList();
        Assert.True(told.ToList().FindLastIndex(item => item is Statement.Progress) < told.ToList().FindIndex(item => item is Statement.Begun));
        Assert.All(progress, one => Assert.Equal(one.What == "trades" ? trades.Count : 2_100, one.Total));
        Assert.Equal([50, 100, 150], progress.Where(one => one.What == "trades").Take(3).Select(one => one.Known));
    }

    [Fact]
    public async Task A_survey_that_takes_longer_than_it_may_says_so_and_the_next_goes_on_from_there()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None, new KrakenOrderOptions { SurveyNanosMax = 1 });
        var since = desk.Clock.NowNanos - UtcNanos.PerSecond;
        for (var trade = 0; trade < 120; trade++)
        {
            Assert.Null(await desk.Venue.TradeByHandAsync(Desk.Key, "BTC/USD", Side.Buy, 0.001m, null, Stop));
        }

        var answers = 0;
        while (!desk.Statements().Any(item => item is Statement.Ended { IsComplete: true }))
        {
            answers++;
            desk.Orders.Survey(since, desk.Clock.NowNanos);
            await desk.Until(() => desk.Statements().OfType<Statement.Ended>().Count() == answers);
            Assert.True(answers <= 12, "It comes to its end.");
            if (answers == 2)
            {
                // What comes between two readings stands in front of what is held.
                Assert.Null(await desk.Venue.TradeByHandAsync(Desk.Key, "BTC/USD", Side.Sell, 0.002m, null, Stop));
            }
        }

        var told = desk.Statements();
        Assert.StartsWith("50 of 120 closed orders since 20", told.OfType<Statement.Ended>().First().Why, StringComparison.Ordinal);
        Assert.EndsWith(
            " are read after the 0 min that a survey may take (venues.kraken.survey-minutes); the next one goes on from there",
            told.OfType<Statement.Ended>().First().Why, StringComparison.Ordinal);
        var trades = told.OfType<Statement.ForeignTrade>().ToList();
        Assert.Equal(0.118m, trades.Sum(trade => trade.BaseChange));
        Assert.Equal(trades.Count, trades.Select(trade => trade.Reference).Distinct().Count());
    }

    [Fact]
    public async Task A_survey_tells_the_fills_of_orders_that_an_earlier_session_sent_and_a_question_finds_them()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.FilledLots(id) == desk.Lots);
        using var later = desk.Another(out var sink);
        later.Start();
        later.Survey(0, desk.Clock.NowNanos);
        await desk.Until(() => sink.Statements().Any(item => item is Statement.Ended { IsComplete: true }));
        Assert.Equal(Fills(desk, id), Fills(sink, id));

        later.Query(id, desk.Clock.NowNanos);
        // Also of one that filled whole: the engine may have wanted more than the venue was asked for.
        await desk.Until(() => sink.Of(id).Any(told => told.Type == OrderEventType.Canceled));
        Assert.Contains(sink.Of(id), told => told.Type == OrderEventType.Accepted);
        Assert.Equal(Fills(desk, id), Fills(sink, id).Distinct());
    }

    [Fact]
    public async Task A_fee_that_the_history_has_and_the_fill_had_not_is_told_as_a_correction_and_by_every_survey()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.Venue.OrderAsync(OrderFault.FeeLater, Stop);
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.FilledLots(id) == desk.Lots);
        var first = desk.Of(id).First(told => told.Type == OrderEventType.Filled);
        Assert.Equal(0m, first.Fee);

        desk.Orders.Survey(0, desk.Clock.NowNanos);
        await desk.Until(() => desk.Statements().Any(item => item is Statement.Ended { IsComplete: true }));

        var correction = Assert.Single(desk.Corrections());
        Assert.Equal((id, first.TradeId, new Asset("USD")), (correction.Order, correction.TradeId, correction.FeeAsset));
        Assert.True(correction.Fee > 0m);
        var listed = desk.Statements().OfType<Statement.OwnTrade>().ToList();
        Assert.Equal(desk.Of(id).Where(told => told.Type == OrderEventType.Filled).Select(told => told.TradeId).Order(), listed.Select(trade => trade.TradeId).Order());
        Assert.Equal(correction.Fee, listed.Single(trade => trade.TradeId == first.TradeId).Fee);
        Assert.True(desk.Statements().OfType<Statement.Begun>().Single().ListsTrades);
    }

    [Fact]
    public async Task A_trade_that_the_venue_took_back_is_in_no_survey_any_more()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var before = await desk.Venue.BalancesAsync(Desk.Key, Stop);
        var id = await desk.BuyAsync(1);
        await desk.Until(() => desk.FilledLots(id) == desk.Lots);
        var trades = desk.Of(id).Count(told => told.Type == OrderEventType.Filled);
        for (var i = 0; i < trades; i++)
        {
            await desk.Venue.ReverseLastTradeAsync(Desk.Key, Stop);
        }

        desk.Orders.Survey(0, desk.Clock.NowNanos);
        await desk.Until(() => desk.Statements().Any(item => item is Statement.Ended { IsComplete: true }));

        Assert.Empty(desk.Statements().OfType<Statement.OwnTrade>());
        Assert.Equal(before, (await desk.Venue.BalancesAsync(Desk.Key, Stop)).Where(held => held.Value != 0m).ToDictionary());
    }

    [Fact]
    public async Task The_dead_mans_timer_is_told_again_while_asked_for_and_turned_off_at_the_end()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        desk.Orders.DeadManTimeout = TimeSpan.FromSeconds(3);
        var id = await RestingAsync(desk, 1);
        await desk.WaitAsync(TimeSpan.FromSeconds(4));
        Assert.Single(desk.Of(id));

        using var later = desk.Another(out var sink);
        desk.Orders.Dispose();
        later.Start();
        await desk.WaitAsync(TimeSpan.FromSeconds(4));
        later.Query(id, desk.Clock.NowNanos);
        await desk.Until(() => sink.Of(id).Count > 0);
        Assert.Equal(OrderEventType.Accepted, Assert.Single(sink.Of(id)).Type);
    }

    [Fact]
    public async Task A_venue_that_hears_nothing_takes_every_order_back()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        var id = await RestingAsync(desk, 1);
        Assert.NotNull((await desk.Rest.CancelAllOrdersAfterAsync(1, Stop)).Result!.TriggerTime);
        await desk.Until(() => desk.Of(id)[^1].Type == OrderEventType.Canceled);
    }

    [Fact]
    public async Task Orders_of_a_pair_stay_within_its_counter_so_that_the_venue_never_has_to_refuse_one()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None, change: options => options with { Rates = KrakenRates.Starter });
        var ids = new List<ClientOrderId>();
        for (var plan = 1; plan <= 70; plan++)
        {
            ids.Add(desk.Submit(plan, 1, 100_000_000, 1_000_000m));
        }

        await desk.Until(() => ids.All(id => desk.Of(id).Any(told => told.Type is OrderEventType.Canceled or OrderEventType.Rejected)));
        var refused = ids.Where(id => desk.Of(id)[^1].Type == OrderEventType.Rejected).ToList();
        Assert.InRange(refused.Count, 15, 25);
        Assert.All(refused, id => Assert.StartsWith("rate-limited:", Assert.Single(desk.Of(id)).Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ExecutionFault.Duplicate)]
    [InlineData(ExecutionFault.Swap)]
    [InlineData(ExecutionFault.Drop)]
    public async Task Whatever_becomes_of_a_message_about_orders_each_is_told_to_its_end_on_the_same_connection(ExecutionFault fault)
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        for (var plan = 1; plan <= 3; plan++)
        {
            await desk.Venue.OrderAsync(fault, Stop);
            var id = await desk.BuyAsync(plan);
            await desk.Until(() =>
            {
                if (desk.Of(id) is [.., { Type: OrderEventType.OutcomeUnknown }])
                {
                    desk.Orders.Query(id, desk.Clock.NowNanos);
                }

                return desk.FilledLots(id) == desk.Lots;
            });
            await desk.Until(() => desk.Orders.IsReady);
        }

        Assert.Equal(0, desk.Orders.Health.Reconnects);
    }

    [Theory]
    [InlineData(OrderFault.OverFill)]
    [InlineData(OrderFault.BeyondLimit)]
    public async Task What_a_venue_should_not_do_is_told_as_it_was(OrderFault fault)
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.Venue.OrderAsync(fault, Stop);
        var id = await desk.BuyAsync(1);
        if (fault == OrderFault.OverFill)
        {
            await desk.Until(() => desk.FilledLots(id) > desk.Lots);
        }
        else
        {
            await desk.Until(() => desk.FilledLots(id) == desk.Lots);
            Assert.Contains(desk.Of(id), told => told.Type == OrderEventType.Filled && told.Fill.PriceTicks == desk.Ticks + 1);
        }
    }

    [Fact]
    public async Task A_fill_after_the_cancel_is_told()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.Venue.OrderAsync(OrderFault.LateFill, Stop);
        var id = await RestingAsync(desk, 1);
        desk.Orders.Cancel(id, desk.Clock.NowNanos);
        await desk.Until(() => desk.FilledLots(id) == desk.Lots);

        Assert.Equal([OrderEventType.Accepted, OrderEventType.Canceled, OrderEventType.Filled], desk.Of(id).Select(told => told.Type));
    }

    [Fact]
    public async Task A_token_that_the_venue_will_not_have_any_more_is_replaced_on_the_same_connection()
    {
        await using var desk = await Desk.StartAsync(FaultTerms.None);
        await desk.Venue.ExpireTokensAsync(Stop);
        var refused = await desk.BuyAsync(1);
        await desk.Until(() => desk.Of(refused).Count > 0);
        Assert.Equal((OrderEventType.Rejected, "ESession:Invalid session"), (desk.Of(refused)[0].Type, desk.Of(refused)[0].Reason));

        for (var plan = 2; desk.FilledLots(ClientOrderId.Of(1, plan - 1, 1)) == 0; plan++)
        {
            var next = await desk.BuyAsync(plan);
            await desk.Until(() => desk.Of(next).Any(told => told.Type is OrderEventType.Rejected or OrderEventType.Filled));
            Assert.True(plan < 50);
        }

        Assert.Equal((0, null), (desk.Orders.Health.Reconnects, desk.Orders.HaltReason));
    }

    private static IEnumerable<ulong> Fills(Desk desk, ClientOrderId id) => desk.Of(id).Where(told => told.Type == OrderEventType.Filled).Select(told => told.TradeId).Order();

    private static IEnumerable<ulong> Fills(DeskSink sink, ClientOrderId id) => sink.Of(id).Where(told => told.Type == OrderEventType.Filled).Select(told => told.TradeId).Order();

    private static async Task<ClientOrderId> RestingAsync(Desk desk, int plan)
    {
        var id = await desk.BuyAsync(plan, priceFactor: 0.5m, timeInForce: TimeInForce.GoodTilCanceled);
        await desk.Until(() => desk.Of(id).Any(told => told.Type == OrderEventType.Accepted));
        return id;
    }

    /// <summary>The feed is down and will not come back soon.</summary>
    internal static async Task OfflineAsync(Desk desk)
    {
        for (var i = 0; i < 8; i++)
        {
            await desk.Venue.OrderAsync(new RestFault("GetWebSocketsToken", 503), Stop);
        }

        await desk.Venue.DisconnectPrivateAsync(Stop);
        await desk.Until(() => !desk.Orders.IsReady && desk.Orders.Health.State == "offline");
    }
}
