using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Trading.Engine;
using TapeReplay = Parallax.Simulation.Backtest.Replay;
using TradingEngine = Parallax.Trading.Engine.Engine;

namespace Parallax.Measurements.Replay;

/// <summary>The wiring of a backtest with fixed settings: detection, latency, fill model and a hashed journal, all on.</summary>
public sealed class ReplaySystem : IDisposable
{
    private const long LatencyNanos = 20 * UtcNanos.PerMillisecond;

    private readonly GeneratedTape _tape;
    private readonly JournalWriter _journal = JournalWriter.HashOnly();
    private readonly TapeReplay _replay;

    public ReplaySystem(GeneratedTape tape)
    {
        _tape = tape;
        var venue = Venue(tape.Instruments, tape.Clock);
        Engine = new TradingEngine(Settings, venue, _journal);
        _replay = new TapeReplay(Engine, venue, tape.Clock);
    }

    /// <summary>26 bps from what is received, 10 000 USD, three legs.</summary>
    public static EngineSettings Settings { get; } = new()
    {
        Mode = "backtest",
        Capital = new Dictionary<Asset, decimal> { [new Asset("USD")] = 10_000m },
        StartAssets = [new Asset("USD"), new Asset("USDT"), new Asset("EUR")],
        Fees = new FeeTable(new FeeTerms(0.0026m, FeeMode.Receive)),
    };

    public TradingEngine Engine { get; }

    public static SimulatedVenue Venue(IReadOnlyList<Instrument> instruments, VenueClock clock) => new(
        instruments,
        new FeeModel(instruments.Select(Settings.Fees.For)),
        new ConstantLatency(LatencyNanos, LatencyNanos),
        new SeededOrderFaults(new OrderFaultRates(), seed: 0),
        new SimulatedVenueTerms(),
        seed: 0,
        clock);

    /// <summary>Plays the whole tape.</summary>
    /// <returns>The hash of the journal.</returns>
    public string Run(IProgress<long>? progress)
    {
        _replay.Run(_tape.Tape.Cursor(), progress, CancellationToken.None);
        return _journal.Close();
    }

    public void Dispose() => _journal.Dispose();
}
