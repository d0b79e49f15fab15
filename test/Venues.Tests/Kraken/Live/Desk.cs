using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Supervision;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Faults;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>Server, account and gateway together; the events that come out.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string Key = "test-key";
    public const string Secret = "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg==";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly DeskSink _sink = new();
    private readonly KrakenServer _server;
    private readonly KrakenListing _listing;
    private bool _isServerStopped;

    private Desk(KrakenServer server, KrakenRest rest, KrakenListing listing, KrakenOrderOptions options, Func<IRecordSink, IRecordSink>? between)
    {
        (_server, Rest, _listing) = (server, rest, listing);
        Instrument = listing.Instruments[0];
        Orders = Gateway(server, rest, listing, between?.Invoke(_sink) ?? _sink, options, Clock, Kill);
    }

    public KrakenServerControl Venue => _server.Control;

    public UtcClock Clock { get; } = new(TimeProvider.System);

    public KillFlag Kill { get; } = new(KillPolicy.Hold);

    public KrakenRest Rest { get; }

    public KrakenOrders Orders { get; }

    public Instrument Instrument { get; }

    /// <summary>Of the last order.</summary>
    public long Lots { get; private set; }

    /// <summary>Limit of the last order.</summary>
    public long Ticks { get; private set; }

    public static async Task<Desk> StartAsync(FaultTerms faults, KrakenOrderOptions? options = null, string key = Key, bool isReady = true, Func<KrakenServerOptions, KrakenServerOptions>? change = null,
        Func<IRecordSink, IRecordSink>? between = null, Supervisor? supervisor = null)
    {
        var account = new KrakenAccount(
            Key, Secret, KrakenPermissions.Trading | KrakenPermissions.QueryLedger, new Dictionary<Asset, decimal> { [new Asset("USD")] = 1_000_000m, [new Asset("USDT")] = 1_000_000m });
        var server = await KrakenServer.StartAsync(
            Changed(new KrakenServerOptions { Accounts = [account], Faults = faults }), TimeProvider.System, CancellationToken.None);
        var rest = new KrakenRest(
            server.Endpoint, new KrakenCredentials(key, Secret), TimeProvider.System, 1, budget: new RateBudget(1_000m, 1_000m, 1m));
        var listing = await KrakenInstruments.BySymbolAsync(rest, ["BTC/USD"], 10, CancellationToken.None);
        var desk = new Desk(server, rest, listing, options ?? new KrakenOrderOptions(), between);
        desk.Orders.Start(supervisor);
        await desk.Until(() => desk.Orders.IsReady || !isReady);
        return desk;

        KrakenServerOptions Changed(KrakenServerOptions terms) => change is null ? terms : change(terms);
    }

    private static KrakenOrders Gateway(KrakenServer server, KrakenRest rest, KrakenListing listing, IRecordSink sink, KrakenOrderOptions options, UtcClock clock, KillFlag? kill = null) => new(
        KrakenEndpoints.At(server.Endpoint).PrivateFeed,
        rest,
        listing.Instruments,
        [.. listing.Pairs.Select(pair => Venues.Kraken.Live.KrakenFees.Taker(pair, null)!.Value)],
        sink,
        options,
        new ReconnectPolicy(new ReconnectOptions { DelayMin = TimeSpan.FromMilliseconds(50) }, new ConnectionBudget(100, TimeSpan.FromMinutes(10)), seed: 1),
        clock,
        kill);

    /// <summary>Buys a little above the smallest quantity, immediate or cancel.</summary>
    /// <param name="priceFactor">Of the best ask.</param>
    public async Task<ClientOrderId> BuyAsync(
        int plan, decimal priceFactor = 1.01m, long lotsFactor = 1, TimeInForce timeInForce = TimeInForce.ImmediateOrCancel)
    {
        var ask = (await Rest.TickerAsync(CancellationToken.None)).Result!.Single(row => row.Pair == _listing.Pairs[0].Key).Ask!.Value;
        var ticks = Ticks = (long)(ask * priceFactor / Instrument.TickSize);
        var least = Math.Max(Instrument.QuantityMin, Instrument.NotionalMin / Instrument.Price(ticks));
        Lots = (Instrument.LotsDown(least * 1.5m) + 1) * lotsFactor;
        return Submit(plan, ticks, Lots, decimal.MaxValue / 2, timeInForce);
    }

    /// <summary><c>BalanceEx</c> under common codes.</summary>
    public async Task<SortedDictionary<Asset, decimal>> RestBalancesAsync() => new(
        (await Rest.BalancesAsync(CancellationToken.None)).Result!.ToDictionary(
            row => new Asset(Venues.Kraken.Symbols.BalanceAsset(row.Key, _listing.Altnames).Code), row => row.Value.Balance));

    public ClientOrderId Submit(
        int plan, long ticks, long lots, decimal spendMax, TimeInForce timeInForce = TimeInForce.ImmediateOrCancel, KrakenOrders? gateway = null)
    {
        var id = ClientOrderId.Of(1, plan, 1);
        (gateway ?? Orders).Submit(new OrderRequest(id, 0, Side.Buy, ticks, lots, timeInForce, spendMax, Clock.NowNanos));
        return id;
    }

    public IReadOnlyList<OrderEvent> Of(ClientOrderId id) => _sink.Of(id);

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

    public IReadOnlyList<OrderEvent> Told() => _sink.Told();

    public IReadOnlyList<Statement> Statements() => _sink.Statements();

    public IReadOnlyList<FeeCorrection> Corrections() => _sink.Corrections();

    public IReadOnlyList<VenueStatus> Statuses() => _sink.Statuses();

    public IReadOnlyList<FeeSchedule> Fees() => _sink.Fees();

    /// <summary>A second gateway on the same account, as after a restart. Not started.</summary>
    public KrakenOrders Another(out DeskSink sink)
    {
        sink = new DeskSink();
        return Gateway(_server, Rest, _listing, sink, new KrakenOrderOptions(), Clock, Kill);
    }

    /// <summary>What another process with the same key would have.</summary>
    public KrakenRest SameKey(NonceSource nonces) => new(_server.Endpoint, new KrakenCredentials(Key, Secret), TimeProvider.System, 2, nonces);

    /// <summary>Lets the server's clock, which is the machine's, go on.</summary>
    public async Task WaitAsync(TimeSpan time)
    {
        var end = Clock.NowNanos + (time.Ticks * TimeSpan.NanosecondsPerTick);
        await Until(() => Clock.NowNanos >= end);
    }

    public async Task StopServerAsync()
    {
        _isServerStopped = true;
        await _server.DisposeAsync();
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
