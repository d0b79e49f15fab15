using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Faults;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>The order gateway over real sockets against the independent server of VenueServers.</summary>
public sealed class KrakenOrdersServerTests
{
    private const string Key = "test-key";
    private const string Secret = "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg==";

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
        var report = await new OrderInquiry(desk.Rest).AskAsync(id, desk.Clock.NowNanos, CancellationToken.None);

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
        await using var desk = await Desk.StartAsync(FaultTerms.None);
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

    /// <summary>Server, account and gateway together; the events that come out.</summary>
    private sealed class Desk : IRecordSink, IAsyncDisposable
    {
        private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
        private readonly Lock _gate = new();
        private readonly List<OrderEvent> _events = [];
        private readonly KrakenServer _server;
        private readonly KrakenListing _listing;
        private bool _isServerStopped;

        private Desk(KrakenServer server, KrakenRest rest, KrakenListing listing, KrakenOrderOptions options)
        {
            (_server, Rest, _listing) = (server, rest, listing);
            Instrument = listing.Instruments[0];
            Orders = new KrakenOrders(
                KrakenEndpoints.At(server.Endpoint).PrivateFeed,
                rest,
                listing.Instruments,
                [.. listing.Pairs.Select(pair => Venues.Kraken.Live.KrakenFees.Taker(pair, null)!.Value)],
                this,
                options,
                new ReconnectPolicy(
                    new ReconnectOptions { DelayMin = TimeSpan.FromMilliseconds(50) }, new ConnectionBudget(100, TimeSpan.FromMinutes(10)), seed: 1),
                Clock);
        }

        public UtcClock Clock { get; } = new(TimeProvider.System);

        public KrakenRest Rest { get; }

        public KrakenOrders Orders { get; }

        public Instrument Instrument { get; }

        /// <summary>Of the last order.</summary>
        public long Lots { get; private set; }

        public static async Task<Desk> StartAsync(FaultTerms faults, KrakenOrderOptions? options = null, string key = Key, bool isReady = true)
        {
            var account = new KrakenAccount(
                Key, Secret, KrakenPermissions.Trading, new Dictionary<Asset, decimal> { [new Asset("USD")] = 1_000_000m, [new Asset("USDT")] = 1_000_000m });
            var server = await KrakenServer.StartAsync(
                new KrakenServerOptions { Accounts = [account], Faults = faults }, TimeProvider.System, CancellationToken.None);
            var rest = new KrakenRest(
                server.Endpoint, new KrakenCredentials(key, Secret), TimeProvider.System, 1, budget: new RateBudget(1_000m, 1_000m, 1m));
            var listing = await KrakenInstruments.BySymbolAsync(rest, ["BTC/USD"], 10, CancellationToken.None);
            var desk = new Desk(server, rest, listing, options ?? new KrakenOrderOptions());
            desk.Orders.Start();
            await desk.Until(() => desk.Orders.IsReady || !isReady);
            return desk;
        }

        /// <summary>Buys a little above the smallest quantity, immediate or cancel.</summary>
        /// <param name="priceFactor">Of the best ask.</param>
        public async Task<ClientOrderId> BuyAsync(int plan, decimal priceFactor = 1.01m, long lotsFactor = 1)
        {
            var ask = (await Rest.TickerAsync(CancellationToken.None)).Result!.Single(row => row.Pair == _listing.Pairs[0].Key).Ask!.Value;
            var ticks = (long)(ask * priceFactor / Instrument.TickSize);
            var least = Math.Max(Instrument.QuantityMin, Instrument.NotionalMin / Instrument.Price(ticks));
            Lots = (Instrument.LotsDown(least * 1.5m) + 1) * lotsFactor;
            return Submit(plan, ticks, Lots, decimal.MaxValue / 2);
        }

        /// <summary><c>BalanceEx</c> under common codes.</summary>
        public async Task<SortedDictionary<Asset, decimal>> RestBalancesAsync() => new(
            (await Rest.BalancesAsync(CancellationToken.None)).Result!.ToDictionary(
                row => new Asset(Venues.Kraken.Symbols.BalanceAsset(row.Key, _listing.Altnames).Code), row => row.Value.Balance));

        public ClientOrderId Submit(int plan, long ticks, long lots, decimal spendMax)
        {
            var id = ClientOrderId.Of(1, plan, 1);
            Orders.Submit(new OrderRequest(id, 0, Side.Buy, ticks, lots, TimeInForce.ImmediateOrCancel, spendMax, Clock.NowNanos));
            return id;
        }

        public IReadOnlyList<OrderEvent> Of(ClientOrderId id) => [.. Told().Where(told => told.Id == id)];

        public long FilledLots(ClientOrderId id) => Of(id).Where(told => told.Type == OrderEventType.Filled).Sum(told => told.Fill.QuantityLots);

        public async Task Until(Func<bool> condition)
        {
            var started = TimeProvider.System.GetTimestamp();
            while (!condition())
            {
                Assert.False(Orders.Completion.IsFaulted, Orders.Completion.Exception?.ToString());
                if (TimeProvider.System.GetElapsedTime(started) >= Deadline)
                {
                    Assert.Fail($"Still waiting: {Orders.Health}; halted: {Orders.HaltReason}; {string.Join("; ", Told())}");
                }

                await Task.Delay(20);
            }
        }

        private List<OrderEvent> Told()
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }

        public async Task StopServerAsync()
        {
            _isServerStopped = true;
            await _server.DisposeAsync();
        }

        public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
        {
            var frame = new byte[RecordFramer.RecordSize(payload.Length)];
            RecordFramer.Write(frame, header, payload, 1);
            lock (_gate)
            {
                _events.Add(OrderEvent.Read(new Record(frame)));
            }
        }

        public async ValueTask DisposeAsync()
        {
            Orders.Dispose();
            Rest.Dispose();
            if (!_isServerStopped)
            {
                await _server.DisposeAsync();
            }
        }
    }
}
