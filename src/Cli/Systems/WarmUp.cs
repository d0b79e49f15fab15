using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Latency;
using Parallax.Simulation.SeededMarket;
using Parallax.Simulation.Venue;
using Parallax.Trading.Engine;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Risk;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Wire;

namespace Parallax.Cli.Systems;

/// <summary>Compiles what the first live messages would otherwise wait for: a small market runs through an engine thread that is thrown away.</summary>
/// <remarks>docs/decisions/0006. Planted mispricings take it through sizing, risk, execution, ledger and journal.</remarks>
internal static class WarmUp
{
    private const int Records = 3_000;

    /// <returns>What the throw-away session came to.</returns>
    public static async Task<Engine> RunAsync(UtcClock clock)
    {
        var settings = new EngineSettings
        {
            Mode = "warm-up",
            Capital = new Dictionary<Asset, decimal> { [new Asset("USD")] = 100_000m, [new Asset("USDT")] = 100_000m },
            StartAssets = [new Asset("USD"), new Asset("USDT")],
            Fees = new FeeTable(new FeeTerms(0.001m, FeeMode.Receive)),
            Limits = new RiskLimits { NetEdgeBpsMin = 0m, NotionalMax = 100_000m, NotionalMin = 0m }.Loosened(),
        };
        var latency = new ConstantLatency(UtcNanos.PerMillisecond, UtcNanos.PerMillisecond);
        var venue = new PaperVenue(settings.Fees, latency, SeededOrderFaults.None, new SimulatedVenueTerms(), seed: 1);
        using var journal = new SessionJournal(JournalWriter.HashOnly());
        using var thread = new EngineThread(clock);
        var inlet = thread.AddInlet("warm-up", OverflowPolicy.Wait);
        var engine = new Engine(settings, venue, journal);
        thread.Start(new EngineWork { Engine = engine, Settings = settings, Journal = journal, Between = venue });

        // Its first records are already due, its last ones not yet: a record's own time is what counts.
        var market = new MarketGenerator(new MarketTerms
        {
            Seed = 1,
            StartTime = clock.NowNanos,
            Instruments = 12,
            EventsPerSecond = 500,
            MispricingsPerMinute = 600,
            MispricingFeeBps = 10,
        });
        for (var i = 0; i < Records; i++)
        {
            market.MoveNext();
            inlet.Append(market.Header, market.Payload);
        }

        while (await thread.AskAsync(asked => asked.Totals.Records) <= Records && !thread.Completion.IsCompleted)
        {
            await Task.Yield();
        }

        await thread.StopAsync(TimeSpan.Zero);
        Parse(market.Instruments[0], inlet);
        return engine;
    }

    /// <summary>Reads one frame of each kind that a venue's parser meets often; where the records go, nobody listens any more.</summary>
    private static void Parse(Instrument instrument, IRecordSink sink)
    {
        var parser = new FrameParser(SymbolTable.Of([instrument with { Symbol = "BTC/USD" }]));
        ReadOnlySpan<byte> snapshot =
            """{"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[{"price":100,"qty":1}],"asks":[{"price":200,"qty":1}],"checksum":1}]}"""u8;
        ReadOnlySpan<byte> update =
            """{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[{"price":100,"qty":0}],"asks":[],"checksum":1,"timestamp":"2023-07-30T15:30:01.581227Z"}]}"""u8;
        ReadOnlySpan<byte> heartbeat = """{"channel":"heartbeat"}"""u8;
        parser.Parse(snapshot, 0, sink);
        parser.Parse(update, 0, sink);
        parser.Parse(heartbeat, 0, sink);
    }
}
