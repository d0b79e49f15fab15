using System.Diagnostics;

namespace Parallax.Measurements;

/// <summary>One line of the performance table: ours next to a yardstick measured in the same run.</summary>
/// <param name="Id">The row in the table: <c>P1</c>.</param>
/// <param name="Name">What was measured, in words.</param>
/// <param name="OursNanos">Median over the rounds, nanoseconds an operation.</param>
/// <param name="Yardstick">What it is compared with; empty when the row has none.</param>
/// <param name="YardstickNanos">Median over the same rounds.</param>
/// <param name="Ratio">How many times faster ours is than the yardstick; for rows without one, what the name says.</param>
/// <param name="TargetRatio">At least (or, see <paramref name="IsUpperBound"/>, at most) this.</param>
/// <param name="IsUpperBound">Whether the target is a ceiling instead of a floor.</param>
/// <param name="DigestsEqual">Whether ours and the yardstick came to the same results; a timing without that is void.</param>
/// <param name="BytesAllocated">By ours, over all timed operations of all rounds.</param>
/// <param name="YardstickSpread">(slowest - fastest) / median of the yardstick's rounds; rounds above 0.1 are noise.</param>
public sealed record Measurement(
    string Id,
    string Name,
    double OursNanos,
    string Yardstick,
    double YardstickNanos,
    double Ratio,
    double TargetRatio,
    bool IsUpperBound,
    bool DigestsEqual,
    long BytesAllocated,
    double YardstickSpread)
{
    /// <summary>Above this spread of the yardstick a round does not count: the machine was busy with something else.</summary>
    public const double SpreadMax = 0.1;

    /// <summary>Rounds behind each median; zero where the measurement has no rounds.</summary>
    public int Rounds { get; init; }

    /// <summary>(slowest - fastest) / median of our own rounds.</summary>
    public double Spread { get; init; }

    /// <summary>Single operations, where one was timed by itself; <see langword="null"/> where only many were.</summary>
    public Tail? Tail { get; init; }

    /// <summary>What the operation is made of, in order; empty where nobody looked.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [];

    /// <summary>Garbage collections of any generation during our timed operations.</summary>
    public int Collections { get; init; }

    /// <summary>How many times faster ours is than the yardstick of the same run: what two runs, and two machines, can be compared by.</summary>
    /// <remarks><see langword="null"/> without a yardstick.</remarks>
    public double? TimesYardstick => YardstickNanos > 0 && OursNanos > 0 ? YardstickNanos / OursNanos : null;

    /// <summary>Whether the yardstick kept still enough for the ratio to mean something.</summary>
    public bool IsSteady => YardstickSpread < SpreadMax;

    public bool IsReached => DigestsEqual && (IsUpperBound ? Ratio <= TargetRatio : Ratio >= TargetRatio);
}

/// <summary>A part of an operation.</summary>
/// <param name="Nanos">Its median.</param>
public sealed record Stage(string Name, double Nanos);

/// <summary>How long single operations took, nanoseconds: the median, and what one in a hundred and one in a thousand exceeded.</summary>
public readonly record struct Tail(double P50, double P99, double P999)
{
    /// <param name="ticks">Of the stopwatch, one an operation; sorted by this call.</param>
    public static Tail Of(long[] ticks)
    {
        Array.Sort(ticks);
        return new Tail(At(ticks, 0.5), At(ticks, 0.99), At(ticks, 0.999));
    }

    private static double At(long[] sorted, double share) => sorted[(int)(sorted.Length * share)] * 1e9 / Stopwatch.Frequency;
}
