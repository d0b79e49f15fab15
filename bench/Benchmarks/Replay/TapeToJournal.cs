using BenchmarkDotNet.Attributes;
using Parallax.Measurements.Replay;

namespace Parallax.Benchmarks.Replay;

/// <summary>R2: a tape of a thousand markets through engine and simulated venue into a hashed journal, the search for cycles included.</summary>
[MemoryDiagnoser]
public class TapeToJournal : IDisposable
{
    private const int Records = 1_000_000;

    private GeneratedTape _tape = null!;

    [GlobalSetup]
    public void MakeTape() => _tape = new GeneratedTape(Path.GetTempPath(), instruments: 1_000, Records);

    [GlobalCleanup]
    public void Dispose()
    {
        _tape.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public string Play()
    {
        using var system = new ReplaySystem(_tape);
        return system.Run(progress: null);
    }
}
