using Parallax.Domain;

namespace Parallax.Strategies.Cycles.Screening;

/// <summary>
/// The pairs of assets between which so many two-leg ways lead that the best of them is worth keeping: between two quote assets, say,
/// through every coin that both are traded against. One bound on a bridge stands for hundreds of cycles.
/// </summary>
internal sealed class Bridges
{
    private const int PathsMin = 8;

    private readonly Dictionary<(Asset From, Asset To), int> _numbers = [];
    private readonly List<(int First, int Second)[]> _paths = [];
    private readonly List<Dictionary<(int First, int Second), int>> _positions = [];

    public Bridges(CycleIndex index)
    {
        var outgoing = Enumerable.Range(0, index.EdgeCount).Where(index.IsUsed).ToLookup(index.FromOf);
        foreach (var from in outgoing.OrderBy(edges => edges.Key))
        {
            var ways = from.SelectMany(first => outgoing[index.ToOf(first)].Select(second => (First: first, Second: second)))
                .Where(way => index.ToOf(way.Second) != from.Key)
                .GroupBy(way => index.ToOf(way.Second));
            foreach (var to in ways.OrderBy(group => group.Key))
            {
                var paths = to.ToArray();

                // Each change of a way's edge touches about as many bridges as the asset between has markets: a bridge must save more.
                var between = paths.Average(way => outgoing[index.ToOf(way.First)].Count());
                if (paths.Length >= PathsMin && paths.Length >= 2 * between)
                {
                    _numbers.Add((from.Key, to.Key), _paths.Count);
                    _paths.Add(paths);
                    _positions.Add(paths.Index().ToDictionary(path => path.Item, path => path.Index));
                }
            }
        }
    }

    public int Count => _paths.Count;

    public ReadOnlySpan<(int First, int Second)> Paths(int bridge) => _paths[bridge];

    /// <summary>Where a way stands among the paths of a bridge that it leads over.</summary>
    public int Position(int bridge, int first, int second) => _positions[bridge][(first, second)];

    public bool TryFind(Asset from, Asset to, out int bridge) => _numbers.TryGetValue((from, to), out bridge);
}
