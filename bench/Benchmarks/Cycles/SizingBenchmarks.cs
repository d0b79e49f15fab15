using BenchmarkDotNet.Attributes;
using Parallax.Measurements.Cycles;
using Parallax.Strategies.Sizing;

namespace Parallax.Benchmarks.Cycles;

/// <summary>D4: the size of a cycle of three legs with 25 levels each.</summary>
[MemoryDiagnoser]
public class SizingBenchmarks
{
    private const int Books = 64;

    private readonly PathSizer _sizer = new();
    private SizingBooks[] _books = [];

    /// <summary>1: the venue's lots. 100: a hundred times coarser.</summary>
    [Params(1, 100)]
    public int LotFactor { get; set; }

    [GlobalSetup]
    public void Setup() => _books = [.. Enumerable.Range(0, Books).Select(i => new SizingBooks((ulong)i, LotFactor))];

    [Benchmark(OperationsPerInvoke = Books)]
    public double BooksToContinuousOptimum()
    {
        var profit = 0.0;
        foreach (var book in _books)
        {
            Load(book);
            profit += _sizer.Continuous((double)SizingBooks.InputMax).Profit;
        }

        return profit;
    }

    [Benchmark(OperationsPerInvoke = Books)]
    public decimal BooksToBestLots()
    {
        var profit = 0m;
        foreach (var book in _books)
        {
            Load(book);
            profit += _sizer.Best(SizingBooks.InputMax).Profit;
        }

        return profit;
    }

    private void Load(SizingBooks book)
    {
        _sizer.Clear();
        foreach (var (terms, levels) in book.Legs)
        {
            _sizer.Add(terms, levels);
        }
    }
}
