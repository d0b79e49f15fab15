using Parallax.Cli.Config;
using Parallax.Cli.Keys;
using Parallax.Cli.Live.Checks;
using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Keys;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Cli.Systems;

public sealed record LiveOptions
{
    /// <summary>The venue's endpoint and symbols included.</summary>
    public required ParallaxSettings Settings { get; init; }

    /// <summary>Of the account. Never printed.</summary>
    public required VenueKey Key { get; init; }

    /// <summary>No page and no API: then nobody can arm the session, and it stays a dry run.</summary>
    public bool IsHeadless { get; init; }
}

/// <summary>The wiring of a live session, top to bottom: the real feed → engine → real orders; journal → store → page.</summary>
/// <remarks>Begins disarmed, whatever the settings say: plans are sized and judged, and nothing is sent before an operator arms it.</remarks>
public sealed class LiveSystem : ISessionSystem
{
    public const string Mode = "live";

    /// <summary>Real orders are answered within their deadline; unwinding takes a few of them.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly NonceFile _nonceFile;
    private readonly NonceSource _nonces;
    private readonly KrakenRest _rest;
    private readonly LiveSession _session;
    private readonly KrakenFeed _feed;
    private readonly KrakenOrders _orders;
    private readonly DeadManWatch _deadMan;
    private readonly SessionDesk _desk;
    private readonly TimeProvider _time;
    private SessionReport? _report;

    private LiveSystem(
        NonceFile nonceFile,
        NonceSource nonces,
        KrakenRest rest,
        LiveSession session,
        KrakenFeed feed,
        KrakenOrders orders,
        DeadManWatch deadMan,
        IArmedSession arming,
        SessionDesk desk,
        TimeProvider time)
    {
        (_nonceFile, _nonces, _rest, _session, _feed, _orders, _deadMan, Arming, _desk, _time) = (nonceFile, nonces, rest, session, feed, orders, deadMan, arming, desk, time);
    }

    /// <summary>No limit and no money beyond the catalog: what a session with real money may do is said by its operator.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>
    {
        // The emergency sends nothing more; plans are sent as they promise most, and what they leave goes home when its book pays.
        [SettingCatalog.KillPolicy.Key] = "hold",
        [SettingCatalog.PolicyChoosing.Key] = "expected-value",
        [SettingCatalog.ResidualLookMillis.Key] = "1000",
    };

    public IOperatedSession Session => _session;

    /// <summary>The one way to let it send orders.</summary>
    public IArmedSession Arming { get; }

    public SessionDesk Desk => _desk;

    /// <summary>Done when the session has ended, in order or not. A task around it that stays stopped halts trading and ends nothing.</summary>
    public Task Completion => _session.Completion;

    /// <exception cref="UserErrorException">A setting, the key, a port, the venue or the data folder does not allow it; says which.</exception>
    public static async Task<LiveSystem> StartAsync(LiveOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var settings = options.Settings;
        var folder = settings.DataFolderOf(Mode);
        var endpoints = settings.Kraken.Endpoint is { } root ? KrakenEndpoints.At(root) : KrakenEndpoints.Live;
        var seed = (ulong)time.GetUtcNow().UtcTicks;
        await using var opened = new OpenedParts();
        Directory.CreateDirectory(folder);
        var nonceFile = opened.Add(NonceFile.Open(Path.Combine(folder, "kraken.nonce")));
        var nonces = new NonceSource(time, nonceFile);
        var rest = opened.Add(new KrakenRest(
            endpoints.Rest,
            new KrakenCredentials(options.Key.Key, options.Key.Secret),
            time,
            seed,
            nonces,
            settings.Kraken.Tier.Calls()));
        await RequireUsableAsync(rest, cancellation);
        var terms = await KrakenTerms.ReadAsync(rest, settings.Kraken.Symbols, settings.Kraken.Depth, hasAccount: true, cancellation);

        var session = opened.Add(await LiveSession.OpenAsync(
            new LiveSessionOptions
            {
                DataFolder = folder,
                Settings = settings.Engine(Mode, session: 1) with
                {
                    Capital = terms.Balances,
                    StartAssets = StartAssets(settings, terms),
                    Fees = terms.Fees,
                    NeedsArming = true,
                    Reconciles = true,
                },
                IsRecorded = settings.IsRecording,
                Flush = settings.JournalFlush,
                Practice = PracticeJournal.Read(settings, folder),
                LastSessionSince = since => LastSessionAsync(rest, since, cancellation),
            },
            time));
        var market = session.Feed("kraken");
        terms.Define(market, session.Clock.NowNanos);
        var feed = opened.Add(new KrakenFeed(
            endpoints.PublicFeed, terms.Listing.Instruments, market, new KrakenFeedOptions(), KrakenTerms.Reconnects(seed), session.Clock));
        var orders = opened.Add(new KrakenOrders(
            endpoints.PrivateFeed,
            rest,
            terms.Listing.Instruments,
            [.. terms.Listing.Instruments.Select(terms.Fees.For)],
            session.Orders("kraken orders"),
            new KrakenOrderOptions { Tier = settings.Kraken.Tier, SurveyNanosMax = settings.Kraken.SurveyMinutes * 60 * UtcNanos.PerSecond },
            KrakenTerms.Reconnects(seed + 1),
            session.Clock,
            session.Kill));

        session.Start(orders, repair: feed, health: () => [KrakenTerms.Health(feed.Health, orders.Health)]);
        SessionDesk? desk = null;
        var arming = new ArmedLiveSession(
            session,
            [
                new KeyCheck(rest, time),
                new ClockCheck(session, settings.Limits),
                new BooksCheck(session),
                new BalancesCheck(session),
                new OrdersCheck(orders),
                new LimitsCheck(session),
                new StoreCheck(() => desk!.Store, settings.JournalFlush),
                new KillCheck(session),
            ]);
        desk = opened.Add(await SessionDesk.OpenAsync(SessionDeskOptions.Of(settings, Mode, folder, options.IsHeadless) with { Arming = arming }, session, time, cancellation));
        orders.Start(session.Supervisor);
        feed.Start(session.Supervisor);
        var deadMan = opened.Add(new DeadManWatch(session, orders, time));
        opened.Keep();
        return new LiveSystem(nonceFile, nonces, rest, session, feed, orders, deadMan, arming, desk, time);
    }

    /// <summary>Ends the session in order: open plans first, then the store has everything, then the connections close.</summary>
    public async Task<SessionReport> StopAsync()
    {
        if (_report is null)
        {
            var report = await _session.StopAsync(Grace);
            _report = report with { VenueBalances = _orders.Balances is { } venue ? new BalanceComparison(report.Accounts.Balances, venue.ByAsset) : null };
            await _desk.WaitForStoreAsync(_report.Last.JournalSequence, TimeSpan.FromSeconds(5), _time);
        }

        return _report;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _deadMan.DisposeAsync();
        _feed.Dispose();
        _orders.Dispose();
        await _desk.DisposeAsync();
        await _session.DisposeAsync();
        _rest.Dispose();
        _nonces.Close();
        _nonceFile.Dispose();
    }

    private static async Task<int> LastSessionAsync(KrakenRest rest, long sinceTime, CancellationToken cancellation)
    {
        try
        {
            return await OwnOrderHistory.LastSessionAsync(rest, sinceTime, cancellation);
        }
        catch (VenueUnavailableException wrong)
        {
            throw new UserErrorException($"Kraken did not say which of our orders it knows: {wrong.Message}.");
        }
    }

    private static async Task RequireUsableAsync(KrakenRest rest, CancellationToken cancellation)
    {
        var answer = await rest.ApiKeyInfoAsync(cancellation);
        var verdict = answer.Result is { } info
            ? KeyVerdict.On(info)
            : throw new UserErrorException($"Kraken did not say what the key may do: {answer.Malformed ?? string.Join(", ", answer.Errors)}.");
        if (!verdict.IsUsable)
        {
            throw new UserErrorException(verdict.Sentence, ExitCodes.RefusedForSafety);
        }
    }

    /// <summary>Those of the settings; without any, the currencies of account that are owned.</summary>
    private static IReadOnlyList<Domain.Asset> StartAssets(ParallaxSettings settings, KrakenTerms terms)
    {
        string[] usual = ["USD", "USDT", "USDC", "EUR"];
        var found = settings.StartAssets.Count > 0
            ? settings.StartAssets
            : [.. usual.Select(code => new Domain.Asset(code)).Where(terms.Balances.ContainsKey)];
        return found.Count > 0
            ? found
            : throw new UserErrorException($"The account holds none of {string.Join(", ", usual)}; name what plans begin and end in with {SettingCatalog.StartAssets.Key}.");
    }
}
