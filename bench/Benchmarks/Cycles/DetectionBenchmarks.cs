using BenchmarkDotNet.Attributes;
using Parallax.Measurements.Cycles;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Cycles.Screening;

namespace Parallax.Benchmarks.Cycles;

/// <summary>D1 to D3: from a change of a best price to the cycles that pay.</summary>
[MemoryDiagnoser]
public class DetectionBenchmarks
{
    private const int Changes = 100_000;

    private TopOfBookStream _market = null!;
    private CycleDetector _detector = null!;

    [Params(300, 1_000, 2_000)]
    public int Pairs { get; set; }

    [Params(3, 4)]
    public int LegsMax { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _market = new TopOfBookStream(20_250_801, Pairs, Changes);
        _detector = new CycleDetector(CycleIndex.Of(_market.Instruments, new CycleOptions { LegsMax = LegsMax }), _market.Instruments, _market.Fees);
    }

    [Benchmark(OperationsPerInvoke = Changes)]
    public int BestChangeToPayingCycles()
    {
        var paying = 0;
        foreach (ref readonly var change in _market.Changes.AsSpan())
        {
            if (_detector.OnBest(change.Instrument, true, change.BidTicks, true, change.AskTicks))
            {
                paying += _detector.Paying.Length;
            }
        }

        return paying;
    }
}
