using Parallax.Strategies.Cycles;

namespace Parallax.Measurements.Cycles;

/// <summary>Yardstick <c>rescan</c>: after each change, every cycle is scored again from the logarithms of its edges.</summary>
internal sealed class RescanYardstick
{
    private readonly int[] _edges;
    private readonly int _length;
    private readonly EdgeWeights _weights;

    public RescanYardstick(CycleIndex index, EdgeWeights weights, int length)
    {
        _weights = weights;
        _length = length;
        var edges = new List<int>();
        for (var cycle = 0; cycle < index.Count; cycle++)
        {
            if (index.LengthOf(cycle) == length)
            {
                edges.AddRange(index.EdgesOf(cycle));
            }
        }

        _edges = [.. edges];
    }

    /// <returns>A digest of the cycles that pay.</returns>
    public ulong OnChange(in TopOfBookChange change)
    {
        _weights.Set(change);
        return _length == 3 ? ScoreThree(_edges, _weights.Values) : ScoreFour(_edges, _weights.Values);
    }

    private static ulong ScoreThree(int[] edges, double[] weights)
    {
        var digest = 0UL;
        for (var i = 0; i + 2 < edges.Length; i += 3)
        {
            if (weights[edges[i]] + weights[edges[i + 1]] + weights[edges[i + 2]] < 0)
            {
                digest += CycleDigest.Of(edges.AsSpan(i, 3));
            }
        }

        return digest;
    }

    private static ulong ScoreFour(int[] edges, double[] weights)
    {
        var digest = 0UL;
        for (var i = 0; i + 3 < edges.Length; i += 4)
        {
            if (weights[edges[i]] + weights[edges[i + 1]] + weights[edges[i + 2]] + weights[edges[i + 3]] < 0)
            {
                digest += CycleDigest.Of(edges.AsSpan(i, 4));
            }
        }

        return digest;
    }
}

/// <summary>Tells sets of cycles apart; the order in which they are found does not matter.</summary>
internal static class CycleDigest
{
    public static ulong Of(ReadOnlySpan<int> edges)
    {
        var digest = 0UL;
        foreach (var edge in edges)
        {
            var mixed = (ulong)edge * 0x9E37_79B9_7F4A_7C15;
            digest += mixed ^ (mixed >> 29);
        }

        return digest * 0xBF58_476D_1CE4_E5B9;
    }
}
