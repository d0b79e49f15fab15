namespace Parallax.Strategies.Cycles.Screening;

/// <summary>What has to be looked at when an edge improves, in flat arrays. Made once.</summary>
/// <remarks>
/// A value's number is an edge (its weight) or, from <see cref="CycleIndex.EdgeCount"/> on, a bridge (a lower bound of its best way).
/// Through an edge there are four kinds of work:
/// <list type="bullet">
/// <item>its opposite bridge: the ways that close it to a cycle of three;</item>
/// <item>its ways: the bridges it is a part of, with the other edge of the way;</item>
/// <item>its pairs: two values whose sum closes it, two edges (three legs) or an edge and a bridge (four legs);</item>
/// <item>its rest: cycles that nothing above stands for.</item>
/// </list>
/// </remarks>
internal sealed class ScreenPlan
{
    private readonly CycleIndex _index;
    private readonly List<int>[] _ways;
    private readonly List<int>[] _pairs;
    private readonly List<int>[] _rest;

    public ScreenPlan(CycleIndex index)
    {
        _index = index;
        Bridges = new Bridges(index);
        Opposite = new int[index.EdgeCount];
        Opposite.AsSpan().Fill(-1);
        _ways = Lists(index.EdgeCount);
        _pairs = Lists(index.EdgeCount);
        _rest = Lists(index.EdgeCount);
        FindOpposites();
        ListWays();
        for (var edge = 0; edge < index.EdgeCount; edge++)
        {
            ListCycles(edge);
        }

        Ways = new EdgeLists(_ways);
        Pairs = new EdgeLists(_pairs);
        Rest = new EdgeLists(_rest);
        ClosedBy = new EdgeLists(Closers());
    }

    public Bridges Bridges { get; }

    /// <summary>By edge: the bridge that closes it to cycles of three, or -1.</summary>
    public int[] Opposite { get; }

    /// <summary>By edge: (other edge, bridge), alternating.</summary>
    public EdgeLists Ways { get; }

    /// <summary>By edge: (value, value), alternating.</summary>
    public EdgeLists Pairs { get; }

    /// <summary>By edge: cycles.</summary>
    public EdgeLists Rest { get; }

    /// <summary>By bridge: the edges it closes.</summary>
    public EdgeLists ClosedBy { get; }

    private static List<int>[] Lists(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<int>())];

    private void FindOpposites()
    {
        for (var edge = 0; edge < _index.EdgeCount; edge++)
        {
            if (_index.IsUsed(edge) && Bridges.TryFind(_index.ToOf(edge), _index.FromOf(edge), out var bridge))
            {
                // With start assets configured, only some of a bridge's ways may make a cycle that is wanted.
                var cycles = 0;
                foreach (var cycle in _index.Through(edge))
                {
                    cycles += _index.LengthOf(cycle) == 3 ? 1 : 0;
                }

                Opposite[edge] = 2 * cycles >= Bridges.Paths(bridge).Length ? bridge : -1;
            }
        }
    }

    private void ListWays()
    {
        for (var bridge = 0; bridge < Bridges.Count; bridge++)
        {
            foreach (var (first, second) in Bridges.Paths(bridge))
            {
                _ways[first].AddRange([second, bridge]);
                _ways[second].AddRange([first, bridge]);
            }
        }
    }

    private IReadOnlyList<int>[] Closers()
    {
        var closers = Lists(Bridges.Count);
        for (var edge = 0; edge < Opposite.Length; edge++)
        {
            if (Opposite[edge] >= 0)
            {
                closers[Opposite[edge]].Add(edge);
            }
        }

        return closers;
    }

    private void ListCycles(int edge)
    {
        var groups = new HashSet<(int, int)>();
        foreach (var cycle in _index.Through(edge))
        {
            var edges = _index.EdgesOf(cycle);
            var at = edges.IndexOf(edge);
            int After(ReadOnlySpan<int> all, int steps) => all[(at + steps) % all.Length];
            switch (edges.Length)
            {
                case 3:
                    ListThree(edge, After(edges, 1), After(edges, 2));
                    break;
                case 4 when TryGroup(After(edges, 1), After(edges, 2), After(edges, 3), out var group):
                    if (groups.Add(group))
                    {
                        _pairs[edge].AddRange([group.Value, group.Bridge]);
                    }

                    break;
                default:
                    _rest[edge].Add(cycle);
                    break;
            }
        }
    }

    private void ListThree(int edge, int second, int third)
    {
        // The opposite bridge stands for the cycle, or the edge's way does: the bridge opposite to one of the other two.
        if (Opposite[edge] < 0 && Opposite[second] < 0 && Opposite[third] < 0)
        {
            _pairs[edge].AddRange([second, third]);
        }
    }

    /// <summary>The last three edges of a cycle of four as an edge and a bridge, the bridge with more ways if there are two.</summary>
    private bool TryGroup(int second, int third, int fourth, out (int Value, int Bridge) group)
    {
        var early = Bridges.TryFind(_index.FromOf(second), _index.ToOf(third), out var first) ? Bridges.Paths(first).Length : 0;
        var late = Bridges.TryFind(_index.FromOf(third), _index.ToOf(fourth), out var last) ? Bridges.Paths(last).Length : 0;
        group = early > late ? (fourth, _index.EdgeCount + first) : (second, _index.EdgeCount + last);
        return early + late > 0;
    }
}

/// <summary>A list of numbers for each edge (or bridge), one after the other in one array.</summary>
internal sealed class EdgeLists
{
    private readonly int[] _numbers;
    private readonly int[] _start;

    public EdgeLists(IReadOnlyList<int>[] lists)
    {
        _start = new int[lists.Length + 1];
        for (var i = 0; i < lists.Length; i++)
        {
            _start[i + 1] = _start[i] + lists[i].Count;
        }

        _numbers = [.. lists.SelectMany(list => list)];
    }

    public ReadOnlySpan<int> this[int number] => _numbers.AsSpan(_start[number].._start[number + 1]);
}
