using Parallax.Domain;

namespace Parallax.Measurements.Cycles;

/// <summary>Yardstick <c>bellman-ford</c>: the textbook's search for a negative cycle over all edges, ending with the first pass that changes nothing.</summary>
internal sealed class BellmanFordYardstick
{
    private readonly EdgeWeights _weights;
    private readonly int[] _from;
    private readonly int[] _to;
    private readonly double[] _distance;

    public BellmanFordYardstick(IReadOnlyList<Instrument> instruments, EdgeWeights weights)
    {
        _weights = weights;
        var numbers = new Dictionary<Asset, int>();
        int Number(Asset asset) => numbers.TryGetValue(asset, out var number) ? number : numbers[asset] = numbers.Count;
        _from = [.. instruments.SelectMany(instrument => new[] { Number(instrument.Quote), Number(instrument.Base) })];
        _to = [.. instruments.SelectMany(instrument => new[] { Number(instrument.Base), Number(instrument.Quote) })];
        _distance = new double[numbers.Count];
    }

    /// <returns>Whether a cycle of any length pays.</returns>
    public bool OnChange(in TopOfBookChange change)
    {
        _weights.Set(change);
        var (from, to, weights, distance) = (_from, _to, _weights.Values, _distance);
        Array.Clear(distance);
        for (var pass = 0; pass < distance.Length; pass++)
        {
            var isChanged = false;
            for (var edge = 0; edge < from.Length; edge++)
            {
                var reached = distance[from[edge]] + weights[edge];
                if (reached < distance[to[edge]] - 1e-12)
                {
                    distance[to[edge]] = reached;
                    isChanged = true;
                }
            }

            if (!isChanged)
            {
                return false;
            }
        }

        return true;
    }
}
