using System.Collections.Immutable;
using Parallax.Domain;

namespace Parallax.Simulation.Latency;

/// <summary>A distribution of latencies by points of its quantile function, straight lines between them.</summary>
public sealed class LatencyQuantiles
{
    private readonly ImmutableArray<(int PerMillion, long Nanos)> _points;

    /// <param name="points">
    /// Probability in millionths and latency at it: the first at 0 (the smallest latency), the last at 1,000,000 (the largest),
    /// probabilities rising, latencies never falling.
    /// </param>
    /// <exception cref="ArgumentException">The points are not such a list; the message says which one.</exception>
    public LatencyQuantiles(params ReadOnlySpan<(int PerMillion, long Nanos)> points)
    {
        if (points.Length < 2 || points[0].PerMillion != 0 || points[^1].PerMillion != Million)
        {
            throw new ArgumentException("Latency quantiles run from probability 0 to 1,000,000 millionths, in two points or more.");
        }

        for (var i = 0; i < points.Length; i++)
        {
            if (points[i].Nanos < 0 || (i > 0 && (points[i].PerMillion <= points[i - 1].PerMillion || points[i].Nanos < points[i - 1].Nanos)))
            {
                throw new ArgumentException(
                    $"Latency quantile {i + 1} ({points[i].PerMillion} millionths, {points[i].Nanos} ns) is negative or out of order.");
            }
        }

        _points = [.. points];
    }

    private const int Million = 1_000_000;

    /// <summary>Every message takes the same time.</summary>
    public static LatencyQuantiles Always(long nanos) => new((0, nanos), (Million, nanos));

    /// <summary><c>20 ms</c>, or the points: <c>0.5 ms at 0 %, 20 ms at 50 %, 80 ms at 100 %</c>.</summary>
    public override string ToString() => _points[0].Nanos == _points[^1].Nanos
        ? Millis(_points[0].Nanos)
        : string.Join(", ", _points.Select(point => $"{Millis(point.Nanos)} at {Decimals.Plain(point.PerMillion / 10_000m)} %"));

    /// <summary>The latency below which the given share of messages stays.</summary>
    /// <param name="perMillion">0 to 1,000,000.</param>
    public long At(int perMillion)
    {
        var next = 1;
        while (_points[next].PerMillion < perMillion)
        {
            next++;
        }

        var (p0, n0) = _points[next - 1];
        var (p1, n1) = _points[next];
        return n0 + (long)((Int128)(n1 - n0) * (perMillion - p0) / (p1 - p0));
    }

    private static string Millis(long nanos) => $"{Decimals.Plain((decimal)nanos / UtcNanos.PerMillisecond)} ms";
}
