using BenchmarkDotNet.Attributes;
using Parallax.Measurements.Engine;
using Parallax.Measurements.Feed;

namespace Parallax.Benchmarks.Engine;

/// <summary>E1: Kraken frames of 300 pairs to best prices (P1), to paying cycles, and through the whole engine (R1).</summary>
[MemoryDiagnoser]
public class BytesToDecision
{
    private const int Updates = 100_000;

    private KrakenRecording _recording = null!;
    private ProductReader _product = null!;
    private DecisionReader _decision = null!;

    [GlobalSetup]
    public void MakeMessages()
    {
        _recording = KrakenRecording.Make(instruments: 300, Updates);
        _product = new ProductReader(_recording.Stream);
        _decision = new DecisionReader(_recording.Stream.Instruments);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Updates)]
    public void BytesToBook() => _product.Read(_recording.Stream, 0, _recording.Stream.Count);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void BytesToPayingCycles() => _decision.Read(_recording.Stream, 0, _recording.Stream.Count);

    [Benchmark(OperationsPerInvoke = Updates)]
    public string BytesThroughTheEngine()
    {
        using var reader = new EngineReader(_recording);
        reader.Read(0, _recording.Stream.Count);
        return reader.End();
    }
}
