using Parallax.Domain;
using Parallax.Journal.Tapes;
using Parallax.Simulation.SeededMarket;
using Parallax.Simulation.Venue;

namespace Parallax.Measurements.Replay;

/// <summary>A tape of the seeded market in a file of its own, removed again when it is disposed of.</summary>
public sealed class GeneratedTape : IDisposable
{
    public const ulong Seed = 20_260_101;

    private readonly string _path;

    /// <param name="folder">An existing folder that may be written.</param>
    /// <param name="records">Definitions and snapshots included.</param>
    public GeneratedTape(string folder, int instruments, long records)
    {
        _path = Path.Combine(folder, $"parallax-replay-{Environment.ProcessId}-{instruments}.tape");
        var market = new MarketGenerator(Terms(instruments));
        Instruments = market.Instruments;
        using (var writer = new TapeWriter(_path, overwrite: true))
        {
            for (var i = 0L; i < records; i++)
            {
                market.MoveNext();
                writer.Append(market.Header, market.Payload);
                if (i >= instruments)
                {
                    Clock.Observe(market.Header);
                }
            }
        }

        Tape = TapeFile.Open(_path);
        Records = records;
    }

    public TapeFile Tape { get; }

    public long Records { get; }

    public IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>Has observed the whole tape.</summary>
    public VenueClock Clock { get; } = new();

    /// <summary>25 events a second and market, six planted mispricings a minute that pay after 26 bps a leg.</summary>
    public static MarketTerms Terms(int instruments) => new() { Seed = Seed, Instruments = instruments };

    public void Dispose()
    {
        Tape.Dispose();
        File.Delete(_path);
    }
}
