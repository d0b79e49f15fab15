using System.Diagnostics;
using Parallax.Cli.Config;
using Parallax.Cli.Systems;
using Parallax.MarketData.Books;
using Parallax.Reporting.Sessions;
using Parallax.Simulation.Venue;
using Parallax.Trading.Engine.Live;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Cli.Bench.Soak;

/// <summary>A paper session against the venue's server on loopback, for long, at a fixed rate, with faults on a fixed schedule.</summary>
/// <remarks>
/// A fault is ordered only while every book stands, so that each of them has to be noticed by itself. The session keeps its journal and
/// no tape: at 20 000 messages a second the tape would be most of what is measured.
/// </remarks>
public sealed class SoakRun : IAsyncDisposable
{
    private const int BookDepth = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly SoakTerms _terms;
    private readonly TimeProvider _time;
    private readonly KrakenServer _server;
    private readonly KrakenTerms _market;
    private readonly LiveSession _session;
    private readonly CountedInlet _inlet;
    private readonly KrakenFeed _feed;
    private readonly List<SoakSample> _samples = [];
    private readonly List<SoakFault> _faults = [];
    private readonly SortedDictionary<string, int> _ends = new(StringComparer.Ordinal);
    private readonly Process _process = Process.GetCurrentProcess();
    private long _started;
    private long _reconnects;

    private SoakRun(SoakTerms terms, TimeProvider time, KrakenServer server, KrakenTerms market, LiveSession session, CountedInlet inlet, KrakenFeed feed) =>
        (_terms, _time, _server, _market, _session, _inlet, _feed) = (terms, time, server, market, session, inlet, feed);

    /// <param name="folder">Takes the session's files.</param>
    /// <param name="progress">Told of each sample.</param>
    public static async Task<SoakResult> RunAsync(SoakTerms terms, string folder, TimeProvider time, IProgress<SoakSample> progress, CancellationToken cancellation)
    {
        await using var server = await KrakenServer.StartAsync(Serving(terms), time, cancellation);
        await using var run = await StartAsync(terms, folder, time, server, cancellation);
        return await run.RunAsync(progress, cancellation);
    }

    /// <remarks>
    /// Ten levels are quoted and ten subscribed: then no update is beyond what the checksum covers, and each makes a message. The market
    /// is a twentieth faster than asked for, because nothing is sent while the client is cut off.
    /// </remarks>
    private static KrakenServerOptions Serving(SoakTerms terms)
    {
        var options = new KrakenServerOptions { Seed = terms.Seed, Instruments = terms.Instruments, MarketRate = terms.Rate + (terms.Rate / 20) };
        return options with { Market = options.Market with { Depth = BookDepth } };
    }

    private static async Task<SoakRun> StartAsync(SoakTerms terms, string folder, TimeProvider time, KrakenServer server, CancellationToken cancellation)
    {
        var settings = ParallaxSettings.Load(new SettingSources
        {
            Mode = PaperSystem.Mode,
            ModeDefaults = PaperSystem.Defaults,
            CommandLine = [("--endpoint", SettingCatalog.KrakenEndpoint.Key, server.Endpoint.ToString()), ("--data", SettingCatalog.DataFolder.Key, folder)],
        });
        var endpoints = KrakenEndpoints.At(server.Endpoint);
        using var rest = new KrakenRest(endpoints.Rest, credentials: null, time, terms.Seed);
        var market = await KrakenTerms.ReadAsync(rest, [], BookDepth, hasAccount: false, cancellation);
        var session = await LiveSession.OpenAsync(
            new LiveSessionOptions
            {
                DataFolder = settings.DataFolderOf(PaperSystem.Mode),
                Settings = settings.Engine(PaperSystem.Mode, session: 1, settings.Simulation.Surroundings()) with { Fees = market.Fees },
                IsRecorded = false,
            },
            time);
        var inlet = new CountedInlet(session.Feed("kraken"));
        market.Define(inlet, session.Clock.NowNanos);
        var reconnects = new ReconnectPolicy(
            // The venue's patience with a client that it cuts off all the time is not what is asked here.
            new ReconnectOptions { StableAfter = TimeSpan.FromSeconds(1) },
            new ConnectionBudget(KrakenLimits.ConnectionsPerTenMinutes, TimeSpan.FromMinutes(10)),
            terms.Seed);
        var feed = new KrakenFeed(endpoints.PublicFeed, market.Listing.Instruments, inlet, new KrakenFeedOptions { WithTrades = true }, reconnects, session.Clock);
        var venue = PaperSystem.Venue(settings.Simulation, market.Fees, new VenueAccount(session.OpeningBalances));
        session.Start(venue, repair: feed, health: () => [KrakenTerms.Health(feed.Health)], between: venue);
        feed.Start();
        return new SoakRun(terms, time, server, market, session, inlet, feed);
    }

    private int Instruments => _market.Listing.Instruments.Count;

    private TimeSpan Elapsed => _time.GetElapsedTime(_started);

    private async Task<SoakResult> RunAsync(IProgress<SoakSample> progress, CancellationToken cancellation)
    {
        _started = _time.GetTimestamp();
        await UntilAsync(AllStand, _terms.RecoveryMax, progress, cancellation);
        _started = _time.GetTimestamp();
        var before = await _server.ActivityAsync(cancellation);
        var turn = 0;
        for (var due = _terms.FaultInterval; due < _terms.Length; due += _terms.FaultInterval)
        {
            await UntilAsync(() => Elapsed >= due, _terms.Length, progress, cancellation);
            if (_session.Completion.IsCompleted || _feed.Completion.IsCompleted)
            {
                break;
            }

            _faults.Add(await SufferAsync(SoakFault.Turns[turn++ % SoakFault.Turns.Count], progress, cancellation));
        }

        await UntilAsync(() => Elapsed >= _terms.Length, _terms.Length, progress, cancellation);
        var lasted = Elapsed;
        var after = await _server.ActivityAsync(cancellation);
        await _server.HoldMarketAsync(cancellation);
        return await JudgeAsync((after.Messages - before.Messages) / lasted.TotalSeconds, progress, cancellation);
    }

    private async Task<SoakFault> SufferAsync(FrameFault kind, IProgress<SoakSample> progress, CancellationToken cancellation)
    {
        await UntilAsync(AllStand, _terms.RecoveryMax, progress, cancellation);
        var (before, overflows, ordered) = (_feed.Health, _session.Current.Overflows, Elapsed);
        await _server.OrderFaultAsync(kind, cancellation);
        var patience = kind switch
        {
            FrameFault.Duplicate => Look * 10,
            FrameFault.Drop => TimeSpan.FromSeconds(2),
            _ => _terms.RecoveryMax,
        };
        var isOvertaken = false;
        var isNoticed = false;
        await UntilAsync(
            () =>
            {
                isNoticed = IsNoticed(kind, before, _feed.Health);
                isOvertaken = _session.Current.Overflows > overflows || _feed.Health.Reconnects > before.Reconnects;
                return isNoticed || isOvertaken;
            },
            patience,
            progress,
            cancellation);
        var hasRecovered = await UntilAsync(AllStand, _terms.RecoveryMax, progress, cancellation);
        return new SoakFault(kind, ordered.TotalSeconds, isNoticed, isOvertaken, hasRecovered ? Elapsed - ordered : null);
    }

    private static bool IsNoticed(FrameFault kind, FeedHealth before, FeedHealth now) => kind is FrameFault.Disconnect or FrameFault.Truncate
        ? now.Reconnects > before.Reconnects
        : now.ChecksumFailures > before.ChecksumFailures;

    private bool AllStand() => _feed.Health.LiveBooks == Instruments;

    /// <summary>Waits until what was sent has arrived, all the way to the engine, and compares.</summary>
    private async Task<SoakResult> JudgeAsync(double framesPerSecond, IProgress<SoakSample> progress, CancellationToken cancellation)
    {
        await UntilAsync(AllStand, _terms.RecoveryMax, progress, cancellation);
        KrakenServerActivity server;
        FeedHealth feed;
        SessionSnapshot picture;
        var deadline = Elapsed + _terms.RecoveryMax;
        do
        {
            // Longer than health and picture are apart, shorter than the heartbeats: nothing is on its way between the two.
            server = await _server.ActivityAsync(cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(400), _time, cancellation);
            (feed, picture) = (_feed.Health, _session.Current);
        }
        while (Elapsed < deadline && (server.SentOnOpen != feed.ConnectionMessages || !picture.Books.All(Stands)));

        var taken = _session.Completion.IsCompleted ? 0 : await _session.AskAsync(engine => engine.Totals.BookRecords);
        var differing = await SoakBooks.DifferingAsync(_server.Endpoint, _market.Listing, picture.Books, cancellation);
        var offered = _inlet.Books;
        _feed.Dispose();
        var report = await _session.StopAsync(TimeSpan.FromSeconds(3));
        return new SoakResult
        {
            Terms = _terms,
            Samples = _samples,
            Faults = _faults,
            Ends = _ends,
            Server = server,
            Feed = feed,
            FramesPerSecond = framesPerSecond,
            BooksOffered = offered,
            BooksTaken = taken,
            Session = picture,
            Instruments = Instruments,
            DifferingBooks = differing,
            Latencies = [new StageLatency("wire", LatencyHistogram.UpperBounds, _inlet.Wire.Counts.ToArray(), _inlet.Wire.Sum), .. picture.Latencies],
            Fault = report.Fault,
        };
    }

    private static bool Stands(BookView book) => book.State is not (BookState.AwaitingSnapshot or BookState.Invalid);

    /// <summary>Waits, and takes a sample each second meanwhile.</summary>
    /// <returns>Whether it came to hold in time.</returns>
    private async Task<bool> UntilAsync(Func<bool> holds, TimeSpan patience, IProgress<SoakSample> progress, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        while (!holds())
        {
            if (_time.GetElapsedTime(began) > patience || _session.Completion.IsCompleted || _feed.Completion.IsCompleted)
            {
                return false;
            }

            NoteEnd();
            if (Elapsed.TotalSeconds >= _samples.Count + 1)
            {
                _samples.Add(Sample());
                progress.Report(_samples[^1]);
            }

            await Task.Delay(Look, _time, cancellation);
        }

        return true;
    }

    private void NoteEnd()
    {
        if (_feed.Health is var health && health.Reconnects > _reconnects)
        {
            _reconnects = health.Reconnects;
            var reason = health.LastEnd ?? "unknown";
            _ends[reason] = _ends.GetValueOrDefault(reason) + 1;
        }
    }

    private SoakSample Sample()
    {
        _process.Refresh();
        var (feed, session) = (_feed.Health, _session.Current);
        return new SoakSample(
            Elapsed.TotalSeconds,
            _process.WorkingSet64,
            GC.GetTotalMemory(forceFullCollection: false),
            SoakSample.HandlesNow(_process),
            _process.Threads.Count,
            feed.Messages,
            session.Records,
            session.Overflows,
            feed.Reconnects,
            feed.Resynchronisations,
            feed.LiveBooks);
    }

    public async ValueTask DisposeAsync()
    {
        _feed.Dispose();
        await _session.DisposeAsync();
        _process.Dispose();
    }
}
