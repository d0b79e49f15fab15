using BenchmarkDotNet.Attributes;
using Parallax.Measurements.Feed;

namespace Parallax.Benchmarks.Feed;

/// <summary>P2: the same stream as a venue without checksums would send it. One operation is one message.</summary>
[MemoryDiagnoser]
public class BookMessagesWithoutChecksum
{
    private const int Updates = 20_000;

    private readonly FeedStream _stream = FeedGenerator.Make(Updates, withChecksum: false);
    private FeedReader _ordinary = null!;
    private FeedReader _product = null!;

    [GlobalSetup]
    public void Setup()
    {
        _ordinary = new OrdinaryReader(_stream);
        _product = new ProductReader(_stream, withChecksum: false);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Updates)]
    public void Ordinary() => _ordinary.Read(_stream, 0, _stream.Count);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void FrameToBook() => _product.Read(_stream, 0, _stream.Count);
}
