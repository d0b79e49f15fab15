using System.Runtime.InteropServices;
using Parallax.Domain;

namespace Parallax.Strategies.Cycles.Screening;

/// <summary>What has to be looked at when an edge improves, in flat arrays. Made once.</summary>
/// <remarks>
/// Values stand in one array: the weights of the edges, in an order that puts the markets of one coin side by side (they are needed
/// together), then a lower bound for each bridge. Through an edge there are four kinds of work:
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
    private readonly List<int> _cycleOfWay = [];
    private readonly int[] _slots;

    public ScreenPlan(CycleIndex index)
    {
        _index = index;
        Bridges = new Bridges(index);
        (_slots, Edges) = Arrange(index);
        Opposite = new int[index.EdgeCount];
        Opposite.AsSpan().Fill(-1);
        OppositeCycles = new int[index.EdgeCount];
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
        CycleOfWay = [.. _cycleOfWay];
    }

    public Bridges Bridges { get; }

    /// <summary>By value number: its edge.</summary>
    public int[] Edges { get; }

    /// <summary>By edge: the bridge that closes it to cycles of three, or -1.</summary>
    public int[] Opposite { get; }

    /// <summary>By edge with an opposite bridge: where <see cref="CycleOfWay"/> has the cycles that the bridge's ways close.</summary>
    public int[] OppositeCycles { get; }

    /// <summary>For an edge (with another one) and a bridge: the cycle that each way of the bridge closes, or -1, in the order of the ways.</summary>
    public int[] CycleOfWay { get; }

    /// <summary>By edge: (other edge's value, bridge), alternating.</summary>
    public EdgeLists Ways { get; }

    /// <summary>
    /// By edge: (value, value, cycle) for two edges, (value, value, position in <see cref="CycleOfWay"/>) for an edge and a bridge.
    /// </summary>
    public EdgeLists Pairs { get; }

    /// <summary>By edge: cycles.</summary>
    public EdgeLists Rest { get; }

    /// <summary>By bridge: the values of the edges it closes.</summary>
    public EdgeLists ClosedBy { get; }

    /// <summary>The number of an edge's value.</summary>
    public int Slot(int edge) => _slots[edge];

    private static List<int>[] Lists(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<int>())];

    private static (int[] Slots, int[] Edges) Arrange(CycleIndex index)
    {
        var markets = Enumerable.Range(0, index.EdgeCount).Where(index.IsUsed).GroupBy(index.FromOf).ToDictionary(edges => edges.Key, edges => edges.Count());
        int Markets(Asset asset) => markets.GetValueOrDefault(asset);
        var edges = Enumerable.Range(0, index.InstrumentCount)
            .OrderBy(instrument => Rarer(index.FromOf(instrument << 1), index.ToOf(instrument << 1)))
            .SelectMany(instrument => new[] { instrument << 1, (instrument << 1) | 1 })
            .ToArray();
        var slots = new int[edges.Length];
        for (var slot = 0; slot < edges.Length; slot++)
        {
            slots[edges[slot]] = slot;
        }

        return (slots, edges);

        Asset Rarer(Asset one, Asset other) => Markets(one) <= Markets(other) ? one : other;
    }

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
                _ways[first].AddRange([_slots[second], bridge]);
                _ways[second].AddRange([_slots[first], bridge]);
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
                closers[Opposite[edge]].Add(_slots[edge]);
            }
        }

        return closers;
    }

    private void ListCycles(int edge)
    {
        var groups = new Dictionary<(int, int), int>();
        OppositeCycles[edge] = Opposite[edge] >= 0 ? Reserve(Opposite[edge]) : 0;
        foreach (var cycle in _index.Through(edge))
        {
            var edges = _index.EdgesOf(cycle);
            var at = edges.IndexOf(edge);
            var (second, third) = (edges[(at + 1) % edges.Length], edges[(at + 2) % edges.Length]);
            if (edges.Length == 3)
            {
                ListThree(edge, second, third, cycle);
            }
            else if (edges.Length > 4 || !TryGroup(edge, second, third, edges[(at + 3) % 4], cycle, groups))
            {
                _rest[edge].Add(cycle);
            }
        }
    }

    private void ListThree(int edge, int second, int third, int cycle)
    {
        if (Opposite[edge] >= 0)
        {
            _cycleOfWay[OppositeCycles[edge] + Bridges.Position(Opposite[edge], second, third)] = cycle;
        }
        else if (Opposite[second] < 0 && Opposite[third] < 0)
        {
            // Otherwise the edge's way stands for it: over the bridge opposite to one of the other two.
            _pairs[edge].AddRange([_slots[second], _slots[third], cycle]);
        }
    }

    /// <summary>Puts a cycle of four under one of its edges and the bridge that the other two lead over, the one with more ways if there are two.</summary>
    private bool TryGroup(int edge, int second, int third, int fourth, int cycle, Dictionary<(int, int), int> groups)
    {
        var early = Bridges.TryFind(_index.FromOf(second), _index.ToOf(third), out var first) ? Bridges.Paths(first).Length : 0;
        var late = Bridges.TryFind(_index.FromOf(third), _index.ToOf(fourth), out var last) ? Bridges.Paths(last).Length : 0;
        if (early + late == 0)
        {
            return false;
        }

        var (single, bridge, way) = early > late ? (fourth, first, (second, third)) : (second, last, (third, fourth));
        if (!groups.TryGetValue((single, bridge), out var cycles))
        {
            cycles = Reserve(bridge);
            groups.Add((single, bridge), cycles);
            _pairs[edge].AddRange([_slots[single], _index.EdgeCount + bridge, cycles]);
        }

        _cycleOfWay[cycles + Bridges.Position(bridge, way.Item1, way.Item2)] = cycle;
        return true;
    }

    private int Reserve(int bridge)
    {
        var start = _cycleOfWay.Count;
        CollectionsMarshal.SetCount(_cycleOfWay, start + Bridges.Paths(bridge).Length);
        CollectionsMarshal.AsSpan(_cycleOfWay)[start..].Fill(-1);
        return start;
    }
}

/// <summary>A list of numbers for each edge (or bridge), one after the other in one array.</summary>
internal sealed class EdgeLists
{
    private readonly int[] _start;

    public EdgeLists(IReadOnlyList<int>[] lists)
    {
        _start = new int[lists.Length + 1];
        for (var i = 0; i < lists.Length; i++)
        {
            _start[i + 1] = _start[i] + lists[i].Count;
        }

        Numbers = [.. lists.SelectMany(list => list)];
    }

    public int[] Numbers { get; }

    public ReadOnlySpan<int> this[int number] => Numbers.AsSpan(_start[number].._start[number + 1]);

    public int Start(int number) => _start[number];

    public int Count(int number) => _start[number + 1] - _start[number];
}
