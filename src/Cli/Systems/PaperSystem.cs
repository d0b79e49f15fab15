using Parallax.Cli.Config;
using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Trading.Engine;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Cli.Systems;

public sealed record PaperOptions
{
    /// <summary>The venue's endpoint and symbols included.</summary>
    public required ParallaxSettings Settings { get; init; }

    /// <summary>No page and no API.</summary>
    public bool IsHeadless { get; init; }
}

/// <summary>The wiring of a paper session, top to bottom: the real feed → engine → orders to a simulated venue on the live books; journal → store → page.</summary>
/// <remarks>No key is read and no order leaves this process: the simulated venue runs on the engine thread, between the records.</remarks>
public sealed class PaperSystem : ISessionSystem
{
    public const string Mode = "paper";

    /// <summary>What a paper session's settings are where nobody says otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string> { ["capital.USD"] = "10000" };

    /// <summary>Open plans may end: several times the simulated way there and back.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly LiveSession _session;
    private readonly KrakenFeed _feed;
    private readonly TimeProvider _time;
    private readonly SessionDesk _desk;
    private SessionReport? _report;

    private PaperSystem(LiveSession session, KrakenFeed feed, SessionDesk desk, TimeProvider time)
    {
        (_session, _feed, _desk, _time) = (session, feed, desk, time);
    }

    public IOperatedSession Session => _session;

    public SessionDesk Desk => _desk;

    /// <summary>Done when the session has ended, in order or not. A task around it that stays stopped halts trading and ends nothing.</summary>
    public Task Completion => _session.Completion;

    /// <exception cref="UserErrorException">A setting, a port, the venue or the data folder does not allow it; says which.</exception>
    public static async Task<PaperSystem> StartAsync(PaperOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var settings = options.Settings;
        var simulation = settings.Simulation;
        var folder = settings.DataFolderOf(Mode);
        var endpoints = settings.Kraken.Endpoint is { } root ? KrakenEndpoints.At(root) : KrakenEndpoints.Live;
        using var rest = new KrakenRest(endpoints.Rest, credentials: null, time, simulation.Seed);
        var terms = await KrakenTerms.ReadAsync(rest, settings.Kraken.Symbols, settings.Kraken.Depth, hasAccount: false, cancellation);

        await using var opened = new OpenedParts();
        var session = opened.Add(await LiveSession.OpenAsync(
            new LiveSessionOptions
            {
                DataFolder = folder,
                Settings = settings.Engine(Mode, session: 1, simulation.Surroundings()) with { Fees = terms.Fees, Reconciles = true },
                IsRecorded = settings.IsRecording,
                Flush = settings.JournalFlush,
            },
            time));
        var market = session.Feed("kraken");
        terms.Define(market, session.Clock.NowNanos);
        var feed = opened.Add(new KrakenFeed(
            endpoints.PublicFeed, terms.Listing.Instruments, market, new KrakenFeedOptions(), KrakenTerms.Reconnects(simulation.Seed), session.Clock));
        var venue = Venue(simulation, terms.Fees, new VenueAccount(session.OpeningBalances));

        session.Start(venue, repair: feed, health: () => [KrakenTerms.Health(feed.Health)], between: venue);
        var desk = opened.Add(await SessionDesk.OpenAsync(SessionDeskOptions.Of(settings, Mode, folder, options.IsHeadless), session, time, cancellation));
        feed.Start(session.Supervisor);
        opened.Keep();
        return new PaperSystem(session, feed, desk, time);
    }

    /// <summary>Ends the session in order: open plans first, then the store has everything, then the connection closes.</summary>
    public async Task<SessionReport> StopAsync()
    {
        if (_report is null)
        {
            _report = await _session.StopAsync(Grace);
            await _desk.WaitForStoreAsync(_report.Last.JournalSequence, TimeSpan.FromSeconds(5), _time);
        }

        return _report;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _feed.Dispose();
        await _desk.DisposeAsync();
        await _session.DisposeAsync();
    }

    internal static PaperVenue Venue(SimulationSettings simulation, FeeTable fees, VenueAccount account) => new(
        fees,
        new QuantileLatency(simulation.Entry, simulation.Response, simulation.Seed),
        new SeededOrderFaults(new OrderFaultRates { Reject = (double)simulation.RejectRate }, simulation.Seed),
        new SimulatedVenueTerms { Fills = new TakerFillTerms { RefillNanos = simulation.RefillMillis * UtcNanos.PerMillisecond } },
        simulation.Seed,
        account);
}
