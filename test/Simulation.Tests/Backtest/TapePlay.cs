using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Records;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;
using TapeReplay = Parallax.Simulation.Backtest.Replay;

namespace Parallax.Simulation.Tests.Backtest;

/// <summary>A tape in a file of its own, played through engine and simulated venue as often as a test likes.</summary>
internal sealed class TapePlay : IDisposable
{
    private static int _count;

    // In memory where the machine offers it: these files live for milliseconds.
    private readonly string _path = Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"parallax-play-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.tape");

    private readonly TapeFile _tape;

    public TapePlay(Action<IRecordSink> write)
    {
        using (var writer = new TapeWriter(_path))
        {
            write(writer);
        }

        _tape = TapeFile.Open(_path);
        var cursor = _tape.Cursor();
        while (cursor.TryRead(out var record))
        {
            if (record.Header.Kind == MarketRecordKind.Instrument)
            {
                Instruments.Add(InstrumentRecord.Read(record.Payload));
            }
            else
            {
                Clock.Observe(record.Header);
            }
        }
    }

    public List<Instrument> Instruments { get; } = [];

    public VenueClock Clock { get; } = new();

    /// <summary>Everything may be used, nothing is too old: what a test wants limited it says.</summary>
    public static EngineSettings Settings(FeeTerms fee, params (string Asset, decimal Amount)[] capital) => new()
    {
        Mode = "backtest",
        Capital = capital.ToDictionary(held => new Asset(held.Asset), held => held.Amount),
        StartAssets = [.. capital.Select(held => new Asset(held.Asset))],
        Fees = new FeeTable(fee),
        Limits = new RiskLimits
        {
            BookAgeMillisMax = 86_400_000,
            LegCoherenceMillisMax = 86_400_000,
            ClockSkewMillisMax = 86_400_000,
            NetEdgeBpsMin = 0m,
            NotionalMax = 1_000_000_000m,
            NotionalMin = 0m,
            ReserveFraction = 0m,
        }.Loosened(),
        // The venue here answers what is true: enough answers are enough, whatever time they took.
        Execution = new ExecutionSettings { NotFoundNanosMin = 0 },
    };

    /// <param name="attach">Told the engine before the first record.</param>
    public Engine Run(
        EngineSettings settings,
        IRecordSink journal,
        long latencyNanos = 0,
        IOrderFaults? faults = null,
        SimulatedVenueTerms? terms = null,
        ulong seed = 1,
        Action<Engine>? attach = null)
    {
        var venue = new SimulatedVenue(
            Instruments,
            new FeeModel(Instruments.Select(settings.Fees.For)),
            new ConstantLatency(latencyNanos, latencyNanos),
            faults ?? SeededOrderFaults.None,
            terms ?? new SimulatedVenueTerms(),
            seed,
            Clock);
        var engine = new Engine(settings, venue, journal);
        attach?.Invoke(engine);
        new TapeReplay(engine, venue, Clock).Run(_tape.Cursor(), null, CancellationToken.None);
        return engine;
    }

    public void Dispose()
    {
        _tape.Dispose();
        File.Delete(_path);
    }
}
