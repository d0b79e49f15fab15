using System.Diagnostics;

namespace Parallax.Measurements;

/// <summary>Durations in bins of a nanosecond, up to a tenth of a millisecond; longer ones share the last bin.</summary>
public sealed class NanosHistogram
{
    private readonly long[] _bins = new long[100_001];
    private readonly double _nanosPerTick = 1e9 / Stopwatch.Frequency;
    private long _count;

    /// <param name="ticks">Of <see cref="Stopwatch"/>.</param>
    public void Add(long ticks)
    {
        _bins[(int)Math.Min(ticks * _nanosPerTick, _bins.Length - 1)]++;
        _count++;
    }

    /// <summary>The duration that so many of a million do not exceed.</summary>
    public double Nanos(int perMillion)
    {
        var rest = (long)(_count * (perMillion / 1e6));
        var bin = 0;
        while (bin < _bins.Length - 1 && (rest -= _bins[bin]) > 0)
        {
            bin++;
        }

        return bin;
    }
}
