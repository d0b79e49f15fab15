namespace Parallax.Measurements;

/// <summary>Times ours and a yardstick in alternating rounds, so that a busy moment of the machine hits both.</summary>
public sealed class Alternation
{
    /// <summary>Not counted: yardsticks made of the framework's parts reach their best form only after a while.</summary>
    private const int WarmUpRounds = 2;

    private readonly double[] _ours;
    private readonly double[] _yardstick;

    /// <param name="rounds">At least five.</param>
    public Alternation(int rounds, Func<Timing> ours, Func<Timing> yardstick, CancellationToken cancellation)
    {
        _ours = new double[rounds];
        _yardstick = new double[rounds];
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var theirs = yardstick().Nanos;
            var timing = ours();
            if (round < 0)
            {
                continue;
            }

            _yardstick[round] = theirs;
            _ours[round] = timing.Nanos;
            BytesAllocated += timing.BytesAllocated;
            Collections += timing.Collections;
        }
    }

    public double OursNanos => Median(_ours);

    public double YardstickNanos => Median(_yardstick);

    /// <summary>By ours, over all rounds.</summary>
    public long BytesAllocated { get; }

    /// <summary>During ours, over all rounds, any generation.</summary>
    public int Collections { get; }

    public Measurement Row(string id, string name, string yardstick, double ratio, double target, bool isUpperBound, bool digestsEqual) =>
        new(id, name, OursNanos, yardstick, YardstickNanos, ratio, target, isUpperBound, digestsEqual, BytesAllocated, Spread(_yardstick))
        {
            Rounds = _ours.Length,
            Spread = Spread(_ours),
            Collections = Collections,
        };

    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>(largest - smallest) / median.</summary>
    public static double Spread(double[] values) => (values.Max() - values.Min()) / Median(values);
}

/// <param name="Nanos">An operation.</param>
public readonly record struct Timing(double Nanos, long BytesAllocated, int Collections)
{
    public static Timing Of(Action work, long operations)
    {
        var start = Stamp.Now();
        work();
        return start.To(Stamp.Now(), operations);
    }
}

/// <summary>A moment of a measurement: what this process has used of a processor, and this thread of the allocator.</summary>
/// <remarks>
/// Processor time, because the targets are per core: what others do on the machine is not counted, beyond the caches they take. All that
/// is measured this way runs on one thread and waits for nothing.
/// </remarks>
public readonly record struct Stamp(TimeSpan Processor, long Bytes, int Collections)
{
    public static Stamp Now() => new(Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(0));

    public Timing To(Stamp end, long operations) =>
        new((end.Processor - Processor).TotalNanoseconds / operations, end.Bytes - Bytes, end.Collections - Collections);
}
