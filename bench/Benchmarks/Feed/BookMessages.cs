using BenchmarkDotNet.Attributes;
using Parallax.Measurements.Feed;

namespace Parallax.Benchmarks.Feed;

/// <summary>P1 and P4: the generated stream of Kraken v2 book messages, checksums verified. One operation is one message.</summary>
[MemoryDiagnoser]
public class BookMessages
{
    private const int Updates = 20_000;

    private readonly FeedStream _stream = FeedGenerator.Make(Updates);
    private FeedReader _ordinary = null!;
    private FeedReader _reader = null!;
    private FeedReader _product = null!;
    private FeedReader _general = null!;

    [GlobalSetup]
    public void Setup()
    {
        _ordinary = new OrdinaryReader(_stream);
        _reader = new Utf8Reader(_stream);
        _product = new ProductReader(_stream);
        _general = new ProductReader(_stream, general: true);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Updates)]
    public void Ordinary() => _ordinary.Read(_stream, 0, _stream.Count);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void Reader() => _reader.Read(_stream, 0, _stream.Count);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void FrameToBook() => _product.Read(_stream, 0, _stream.Count);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void FrameToBookByTheGeneralPath() => _general.Read(_stream, 0, _stream.Count);
}
