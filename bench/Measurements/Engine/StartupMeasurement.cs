using System.Diagnostics;
using System.Globalization;

namespace Parallax.Measurements.Engine;

/// <summary>E3: whether the first messages are as fast as later ones. Each try is a fresh process on one core.</summary>
/// <param name="folder">Where the messages are put for the processes to read.</param>
/// <param name="start">Says how to start this program so that it calls <see cref="Probe"/> with the text it was given.</param>
public sealed class StartupMeasurement(string folder, Func<string, ProcessStartInfo> start)
{
    private const int Rounds = 5;
    private const int Markets = 300;
    private const int FirstMessages = 100_000;
    private const int WarmUpMessages = 3_000;
    private const string Warm = "warm";
    private const string Cold = "cold";

    public IReadOnlyList<Measurement> Run(CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "startup.frames");
        KrakenRecording.Make(Markets, FirstMessages - Markets).Save(path);
        return
        [
            Row(path, Warm, $"first 100,000 messages after a warm-up of {WarmUpMessages:N0} on one core (ratio: times steady state)", cancellation),
            Row(path, Cold, "the same without warm-up, compiling included", cancellation),
        ];
    }

    /// <summary>What the fresh process does, snapshots and the search for cycles included: prints the picoseconds a message of the first pass and of later ones.</summary>
    /// <param name="how">From <see cref="Run"/>.</param>
    public static string Probe(string how)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var self = Process.GetCurrentProcess();
            self.ProcessorAffinity = 1;
        }

        var colon = how.IndexOf(':', StringComparison.Ordinal);
        var recording = KrakenRecording.Read(how[(colon + 1)..]);
        if (how[..colon] == Warm)
        {
            using var warmUp = new EngineReader(recording);
            warmUp.Read(0, recording.Stream.FirstUpdate + WarmUpMessages);
        }

        var first = Pass(recording);
        var later = new double[Rounds];
        for (var round = -1; round < Rounds; round++)
        {
            later[Math.Max(0, round)] = Pass(recording);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(long)(first * 1e3)} {(long)(Alternation.Median(later) * 1e3)}");
    }

    private static double Pass(KrakenRecording recording)
    {
        using var reader = new EngineReader(recording);
        var timing = Timing.Of(() => reader.Read(0, recording.Stream.Count), recording.Stream.Count);
        return reader.BadChecksums == 0 ? timing.Nanos : throw new InvalidOperationException("A checksum of the recording did not match.");
    }

    private Measurement Row(string path, string how, string name, CancellationToken cancellation)
    {
        var (first, steady, ratio) = (new double[Rounds], new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var child = Process.Start(start($"{how}:{path}"))!;
            var told = child.StandardOutput.ReadToEnd().Split(' ');
            child.WaitForExit();
            first[round] = long.Parse(told[0], CultureInfo.InvariantCulture) / 1e3;
            steady[round] = long.Parse(told[1], CultureInfo.InvariantCulture) / 1e3;
            ratio[round] = first[round] / steady[round];
        }

        return new Measurement(
            "E3", name, Alternation.Median(first), "later passes over the same messages", Alternation.Median(steady),
            Alternation.Median(ratio), 1.2, IsUpperBound: true, DigestsEqual: true, BytesAllocated: 0, Alternation.Spread(steady))
        {
            Rounds = Rounds,
            Spread = Alternation.Spread(first),
        };
    }
}
