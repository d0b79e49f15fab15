using Parallax.Domain;

namespace Parallax.Strategies.Cycles;

/// <summary>Enumerates the simple directed cycles of a market graph: no asset twice, and so no market twice.</summary>
/// <remarks>
/// Assets are ranked: configured or preferred starts first, the others in ordinal order. A cycle is found once, from its first-ranked
/// asset, by a depth-first walk that never steps to a better-ranked one. Two markets between the same assets make two cycles.
/// The order found is the order of the cycles' numbers: by length, then by the assets' ranks, then by edge.
/// </remarks>
internal sealed class CycleDiscovery
{
    private readonly CycleOptions _options;
    private readonly int _startCount;
    private readonly Step[][] _steps;
    private readonly List<int> _edges = [];
    private readonly int[] _path = new int[5];
    private readonly bool[] _visited;
    private int _count;

    private CycleDiscovery(IReadOnlyList<CycleMarket> markets, CycleOptions options)
    {
        _options = options;
        var rankOf = Rank(markets, options, out _startCount);
        var steps = new List<Step>[rankOf.Count];
        for (var rank = 0; rank < steps.Length; rank++)
        {
            steps[rank] = [];
        }

        foreach (var market in markets)
        {
            steps[rankOf[(market.Quote, market.Venue)]].Add(new Step(rankOf[(market.Base, market.Venue)], new CycleLeg(market.Number, Side.Buy).Edge));
            steps[rankOf[(market.Base, market.Venue)]].Add(new Step(rankOf[(market.Quote, market.Venue)], new CycleLeg(market.Number, Side.Sell).Edge));
        }

        _steps = Array.ConvertAll(steps, list => list.Order().ToArray());
        _visited = new bool[steps.Length];
    }

    /// <summary>The edges of all cycles one after the other, and the number of cycles of each length (index 3 to 5).</summary>
    /// <exception cref="ArgumentException">A market is malformed, or there are more cycles than allowed.</exception>
    public static (int[] Edges, int[] CountByLength) Find(IReadOnlyList<CycleMarket> markets, CycleOptions options)
    {
        foreach (var market in markets)
        {
            if (market.Number < 0 || market.Base == market.Quote)
            {
                throw new ArgumentException($"A market exchanges two different assets and has a number of 0 or more; found {market}.");
            }
        }

        var search = new CycleDiscovery(markets, options.Validated());
        var countByLength = new int[6];
        for (var length = 3; length <= options.LegsMax; length++)
        {
            var before = search._count;
            for (var start = 0; start < search._startCount; start++)
            {
                search.Walk(start, start, 0, length);
            }

            countByLength[length] = search._count - before;
        }

        return ([.. search._edges], countByLength);
    }

    /// <summary>A node is an asset at a venue: what is held at one venue cannot be spent at another.</summary>
    private static Dictionary<(Asset Asset, VenueId Venue), int> Rank(IReadOnlyList<CycleMarket> markets, CycleOptions options, out int startCount)
    {
        var traded = markets.SelectMany(market => new[] { (market.Base, market.Venue), (market.Quote, market.Venue) }).ToHashSet();
        var venues = markets.Select(market => market.Venue).Distinct().Order().ToList();
        var first = options.StartAssets.Count > 0 ? options.StartAssets : options.PreferredStarts;
        var starts = first.SelectMany(asset => venues.Select(venue => (asset, venue))).Where(traded.Contains).Distinct().ToList();
        var ranked = starts.Concat(traded.Except(starts).Order()).ToList();
        startCount = options.StartAssets.Count > 0 ? starts.Count : ranked.Count;
        return ranked.Select((node, rank) => (node, rank)).ToDictionary(pair => pair.node, pair => pair.rank);
    }

    private void Walk(int start, int at, int depth, int length)
    {
        foreach (var (to, edge) in _steps[at])
        {
            _path[depth] = edge;
            if (depth == length - 1)
            {
                if (to == start)
                {
                    Keep(length);
                }
            }
            else if (to > start && !_visited[to])
            {
                _visited[to] = true;
                Walk(start, to, depth + 1, length);
                _visited[to] = false;
            }
        }
    }

    private void Keep(int length)
    {
        if (++_count > _options.CyclesMax)
        {
            throw new ArgumentException(
                $"These markets have more than {_options.CyclesMax} cycles of up to {_options.LegsMax} legs. Ask for fewer legs, or name start assets.");
        }

        _edges.AddRange(_path.AsSpan(0, length));
    }

    private readonly record struct Step(int To, int Edge) : IComparable<Step>
    {
        public int CompareTo(Step other) => To != other.To ? To.CompareTo(other.To) : Edge.CompareTo(other.Edge);
    }
}
