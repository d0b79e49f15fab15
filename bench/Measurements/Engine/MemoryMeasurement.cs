using System.Diagnostics;
using System.Globalization;
using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Books;
using Parallax.Simulation.SeededMarket;
using Parallax.Trading.Engine;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;
using TradingEngine = Parallax.Trading.Engine.Engine;

namespace Parallax.Measurements.Engine;

/// <summary>M1: what a process takes in which an engine thread runs on a thousand books of 25 levels, journal, tape and market included.</summary>
/// <param name="folder">Where the session's files go.</param>
/// <param name="start">Says how to start this program so that it calls <see cref="Probe"/> with the text it was given.</param>
public sealed class MemoryMeasurement(string folder, Func<string, ProcessStartInfo> start)
{
    /// <summary>How a request for <see cref="Probe"/> begins.</summary>
    public const string Prefix = "memory:";

    private const int Instruments = 1_000;
    private const int Depth = 25;
    private const int Records = 500_000;
    private const double TargetMegabytes = 150;

    public Measurement Run()
    {
        using var child = Process.Start(start(Prefix + folder))!;
        var told = child.StandardOutput.ReadToEnd().Split(' ');
        child.WaitForExit();
        var megabytes = long.Parse(told[0], CultureInfo.InvariantCulture) / 1e6;
        var isWhole = long.Parse(told[1], CultureInfo.InvariantCulture) == Instruments;
        return new Measurement(
            "M1", $"resident memory, {Instruments:N0} instruments of depth {Depth}, engine thread running (ratio: MB)", 0, "", 0,
            megabytes, TargetMegabytes, IsUpperBound: true, isWhole, BytesAllocated: 0, YardstickSpread: 0);
    }

    /// <summary>What the fresh process does: prints the bytes it holds in memory while the engine runs, and how many books are live.</summary>
    /// <param name="how">From <see cref="Run"/>.</param>
    public static string Probe(string how)
    {
        var files = how[Prefix.Length..];
        using var journal = new SessionJournal(JournalWriter.Create(Path.Combine(files, "memory.journal"), overwrite: true));
        using var thread = new EngineThread(new UtcClock(TimeProvider.System));
        var inlet = thread.AddInlet("market", OverflowPolicy.Wait);
        var settings = new EngineSettings
        {
            Mode = "bench",
            Capital = new Dictionary<Asset, decimal> { [new Asset("USD")] = 10_000m },
            StartAssets = [new Asset("USD"), new Asset("USDT")],
            Fees = new FeeTable(new FeeTerms(0.0026m, FeeMode.Receive)),
        };
        thread.Start(new EngineWork
        {
            Engine = new TradingEngine(settings, new Nowhere(), journal),
            Settings = settings,
            Journal = journal,
            Tape = new TapeWriter(Path.Combine(files, "memory.tape"), overwrite: true),
        });
        var market = new MarketGenerator(new MarketTerms { Seed = 1, Instruments = Instruments, Depth = Depth, MispricingsPerMinute = 0 });
        for (var i = 0; i < Records; i++)
        {
            market.MoveNext();
            // An inlet that waits has no drops: all records reach the engine.
            inlet.Append(market.Header, market.Payload);
        }

        var live = thread.AskAsync(engine => engine.Markets.Books.Count(book => book.State == BookState.Live)).Result;
        using var self = Process.GetCurrentProcess();
        var resident = self.WorkingSet64;
        thread.StopAsync(TimeSpan.Zero).Wait();
        return string.Create(CultureInfo.InvariantCulture, $"{resident} {live}");
    }

    private sealed class Nowhere : IOrderGateway
    {
        public void Submit(in OrderRequest request) => throw new InvalidOperationException("No cycle of this market pays.");

        public void Query(ClientOrderId id, long sentTime) => throw new InvalidOperationException("Nothing was sent.");

        public void Cancel(ClientOrderId id, long sentTime)
        {
        }

        public void CancelAll(long sentTime)
        {
        }

        public void Survey(long sinceTime, long sentTime)
        {
        }
    }
}
