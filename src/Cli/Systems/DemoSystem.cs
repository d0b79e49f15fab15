using System.Security.Cryptography;
using Parallax.Cli.Config;
using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Cli.Systems;

public sealed record DemoOptions
{
    public required ParallaxSettings Settings { get; init; }

    /// <summary>Of the market and everyone in it.</summary>
    public required ulong Seed { get; init; }

    public int Instruments { get; init; } = 30;

    public FaultTerms Faults { get; init; } = FaultTerms.None;

    /// <summary>No page and no API.</summary>
    public bool IsHeadless { get; init; }
}

/// <summary>The wiring of the demo, top to bottom: Kraken's server on loopback → the real adapter → engine → orders back to the server; journal → store → page.</summary>
/// <remarks>Nothing in it is a stand-in but the market itself: sockets, signatures, checksums, orders, journal and store are those of a live session.</remarks>
public sealed class DemoSystem : ISessionSystem
{
    public const string Mode = "demo";

    /// <summary>What the demo's settings are where nobody says otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>
    {
        ["capital.USD"] = "10000",
        ["limits.min-edge-bps"] = "3",
        ["limits.notional-max"] = "2500",
        // The made-up market's mispricings are jumps from one moment to the next, which the guards would rightly distrust.
        ["limits.volatility"] = "30",
        ["limits.spread-multiple"] = "100",
        // It is there to be watched: on a slow machine it may lose more often than anything that trades real money should.
        ["limits.turnover-per-minute"] = "100000",
        ["limits.orders-per-minute"] = "240",
        ["limits.plan-loss"] = "200",
        ["limits.hourly-loss"] = "500",
        ["limits.daily-loss"] = "1000",
        ["limits.drawdown"] = "0.2",
        ["limits.loss-streak"] = "20",
    };

    /// <summary>Open plans may end; the market is on this machine, so they do at once or not at all.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Balances come right behind the fills they tell of, on the same connection.</summary>
    private static readonly TimeSpan BalancePatience = TimeSpan.FromSeconds(2);

    private readonly KrakenServer _server;
    private readonly KrakenRest _rest;
    private readonly LiveSession _session;
    private readonly KrakenFeed _feed;
    private readonly KrakenOrders _orders;
    private readonly TimeProvider _time;
    private readonly SessionDesk _desk;
    private SessionReport? _report;

    private DemoSystem(KrakenServer server, KrakenRest rest, LiveSession session, KrakenFeed feed, KrakenOrders orders, SessionDesk desk, TimeProvider time)
    {
        (_server, _rest, _session, _feed, _orders, _desk, _time) = (server, rest, session, feed, orders, desk, time);
    }

    public IOperatedSession Session => _session;

    public SessionDesk Desk => _desk;

    public Uri Server => _server.Endpoint;

    /// <summary>Done when the session has ended, in order or not. A task around it that stays stopped halts trading and ends nothing.</summary>
    public Task Completion => _session.Completion;

    /// <exception cref="UserErrorException">A setting, a port or the data folder does not allow it; says which.</exception>
    public static async Task<DemoSystem> StartAsync(DemoOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var settings = options.Settings;
        var folder = settings.DataFolderOf(Mode);
        var account = Account(JournalHistory.OfDataFolder(folder).Balances is { Count: > 0 } left ? left : settings.Capital);
        await using var opened = new OpenedParts();
        var server = opened.Add(await KrakenServer.StartAsync(
            new KrakenServerOptions
            {
                Seed = options.Seed,
                Instruments = options.Instruments,
                Accounts = [account],
                Faults = options.Faults,
                FaultSeed = options.Seed,
            },
            time,
            cancellation));
        var endpoints = KrakenEndpoints.At(server.Endpoint);
        var rest = opened.Add(new KrakenRest(endpoints.Rest, new KrakenCredentials(account.Key, account.Secret), time, options.Seed, budget: KrakenTier.Pro.Calls()));
        var terms = await KrakenTerms.ReadAsync(rest, settings.Kraken.Symbols, settings.Kraken.Depth, hasAccount: true, cancellation);

        var session = opened.Add(await LiveSession.OpenAsync(
            new LiveSessionOptions
            {
                DataFolder = folder,
                Settings = settings.Engine(Mode, session: 1, Surroundings(options)) with { Capital = terms.Balances, Fees = terms.Fees, Reconciles = true },
                IsRecorded = settings.IsRecording,
                Flush = settings.JournalFlush,
            },
            time));
        var market = session.Feed("kraken");
        terms.Define(market, session.Clock.NowNanos);
        var feed = opened.Add(new KrakenFeed(
            endpoints.PublicFeed, terms.Listing.Instruments, market, new KrakenFeedOptions(), KrakenTerms.Reconnects(options.Seed), session.Clock));
        var orders = opened.Add(new KrakenOrders(
            endpoints.PrivateFeed,
            rest,
            terms.Listing.Instruments,
            [.. terms.Listing.Instruments.Select(terms.Fees.For)],
            session.Orders("kraken orders"),
            new KrakenOrderOptions(),
            KrakenTerms.Reconnects(options.Seed + 1),
            session.Clock));

        session.Start(orders, repair: feed, health: () => [KrakenTerms.Health(feed.Health, orders.Health)]);
        var desk = opened.Add(await SessionDesk.OpenAsync(SessionDeskOptions.Of(settings, Mode, folder, options.IsHeadless), session, time, cancellation));
        orders.Start(session.Supervisor);
        feed.Start(session.Supervisor);
        opened.Keep();
        return new DemoSystem(server, rest, session, feed, orders, desk, time);
    }

    /// <summary>Ends the session in order: open plans first, then the store has everything, then the connections close.</summary>
    public async Task<SessionReport> StopAsync()
    {
        if (_report is null)
        {
            var report = await _session.StopAsync(Grace);
            _report = report with { VenueBalances = await CompareAsync(report.Accounts.Balances) };
            await _desk.WaitForStoreAsync(_report.Last.JournalSequence, TimeSpan.FromSeconds(5), _time);
        }

        return _report;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _feed.Dispose();
        _orders.Dispose();
        await _desk.DisposeAsync();
        await _session.DisposeAsync();
        _rest.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>Waits until the venue's balances are the ledger's, for as long as one may still follow the other.</summary>
    /// <returns>The last comparison; <see langword="null"/> when the venue's balances are not known.</returns>
    private async Task<BalanceComparison?> CompareAsync(IReadOnlyDictionary<Asset, decimal> ledger)
    {
        var started = _time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), _time);
        while (true)
        {
            var comparison = _orders.Balances is { } venue ? new BalanceComparison(ledger, venue.ByAsset) : null;
            if (comparison is { AreEqual: true } || _time.GetElapsedTime(started) >= BalancePatience)
            {
                return comparison;
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Keys of this run only: nobody else has an account on the demo's server.</summary>
    private static KrakenAccount Account(IReadOnlyDictionary<Asset, decimal> balances) => new(
        $"demo-{RandomNumberGenerator.GetHexString(16, lowercase: true)}",
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)),
        KrakenPermissions.Trading,
        balances);

    private static Dictionary<string, string> Surroundings(DemoOptions options) => new()
    {
        ["demo.seed"] = options.Seed.ToString(),
        ["demo.instruments"] = options.Instruments.ToString(),
    };
}
