using System.Numerics;

namespace Parallax.Trading.Engine.Live;

/// <summary>Durations of one stage, in buckets that are a fifth to a quarter wide: from 128 ns to half a minute.</summary>
/// <remarks>Engine thread only. Adding costs a few instructions and allocates nothing.</remarks>
public sealed class LatencyHistogram(string stage)
{
    private const int BucketsPerOctave = 4;

    /// <summary>2^7 ns: shorter ones share the first bucket.</summary>
    private const int FirstOctave = 7;

    private const int Octaves = 28;

    private readonly long[] _counts = new long[(Octaves * BucketsPerOctave) + 2];

    /// <summary>Of the buckets, nanoseconds, inclusive, rising; the last bucket after them is open.</summary>
    public static IReadOnlyList<long> UpperBounds { get; } =
    [
        .. Enumerable.Range(0, (Octaves * BucketsPerOctave) + 1)
            .Select(i => (long)(BucketsPerOctave + (i % BucketsPerOctave)) << (FirstOctave - 2 + (i / BucketsPerOctave))),
    ];

    /// <summary><c>queue</c>, <c>decision</c>.</summary>
    public string Stage { get; } = stage;

    /// <summary>One more than <see cref="UpperBounds"/>; not cumulative.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Nanoseconds.</summary>
    public long Sum { get; private set; }

    /// <param name="nanos">What two clocks let come out negative counts as zero.</param>
    public void Add(long nanos)
    {
        nanos = Math.Max(nanos, 0);
        Sum += nanos;
        _counts[BucketOf(nanos)]++;
    }

    private static int BucketOf(long nanos)
    {
        if (nanos <= 1 << FirstOctave)
        {
            return 0;
        }

        // Bounds are inclusive: a value equal to one belongs below it.
        var below = (ulong)(nanos - 1);
        var octave = BitOperations.Log2(below);
        var quarter = (int)(below >> (octave - 2)) & (BucketsPerOctave - 1);
        return Math.Min(((octave - FirstOctave) * BucketsPerOctave) + quarter + 1, (Octaves * BucketsPerOctave) + 1);
    }
}
