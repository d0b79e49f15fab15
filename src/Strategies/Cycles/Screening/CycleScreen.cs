namespace Parallax.Strategies.Cycles.Screening;

/// <summary>Proposes, when an edge improves, the cycles through it that may pay: every one that does, and few others.</summary>
/// <remarks>
/// A weight is minus the logarithm of an edge's net rate, so a cycle pays when its weights sum to less than zero. For a bridge a lower
/// bound of its ways' weights is kept: it follows an improvement at once and a worsening not at all, and when it comes so low that a
/// cycle might pay, the ways are looked at and the bound is made exact again. So a change of a busy pair costs one comparison instead of
/// one for each coin. Sums are never kept and corrected, only made anew: an edge without a price is infinite, and infinity cannot be
/// taken back.
/// </remarks>
internal sealed class CycleScreen
{
    // The error of a sum of five logarithms below 40 is under 1e-13: nothing that pays is lost.
    private const double Guard = 1e-12;

    private readonly CycleIndex _index;
    private readonly ScreenPlan _plan;
    private readonly EdgeNode[] _nodes;
    private readonly int[] _ways;
    private readonly int[] _pairs;

    // The weights of the edges, then the bounds of the bridges.
    private readonly double[] _values;
    private readonly int _boundsStart;

    // By bridge: a way below this has something to say, either a new lowest bound or a cycle that may pay.
    private readonly double[] _heed;

    /// <param name="weightBases">By edge: its weight at a price of one tick.</param>
    public CycleScreen(CycleIndex index, ReadOnlySpan<double> weightBases)
    {
        _index = index;
        _plan = new ScreenPlan(index);
        _boundsStart = index.EdgeCount;
        _values = new double[_boundsStart + _plan.Bridges.Count];
        _heed = new double[_plan.Bridges.Count];
        _values.AsSpan().Fill(double.PositiveInfinity);
        _heed.AsSpan().Fill(double.PositiveInfinity);
        (_ways, _pairs) = (_plan.Ways.Numbers, _plan.Pairs.Numbers);
        _nodes = new EdgeNode[index.EdgeCount];
        for (var edge = 0; edge < _nodes.Length; edge++)
        {
            _nodes[edge] = new EdgeNode
            {
                WeightBase = weightBases[edge],
                Slot = _plan.Slot(edge),
                Opposite = _plan.Opposite[edge],
                OppositeCycles = _plan.OppositeCycles[edge],
                WaysStart = _plan.Ways.Start(edge),
                WaysCount = _plan.Ways.Count(edge),
                PairsStart = _plan.Pairs.Start(edge),
                PairsCount = _plan.Pairs.Count(edge),
                RestCount = _plan.Rest.Count(edge),
            };
        }
    }

    /// <summary>By edge.</summary>
    public EdgeNode[] Nodes => _nodes;

    /// <summary>Takes a price without looking at cycles: enough where the edge worsened.</summary>
    /// <param name="weight">Positive infinity for an edge without a price, whose ticks are 0.</param>
    public void Set(ref EdgeNode node, long ticks, double weight)
    {
        node.Ticks = ticks;
        _values[node.Slot] = weight;
        if (node.Opposite >= 0)
        {
            SetHeed(node.Opposite);
        }
    }

    /// <summary>Adds to a list the cycles through an edge whose weight fell that may pay now; one may be added twice.</summary>
    public void Propose(int edge, ref readonly EdgeNode node, List<int> candidates)
    {
        var values = _values;
        var weight = values[node.Slot];
        var limit = Guard - weight;
        if (node.Opposite >= 0 && values[_boundsStart + node.Opposite] < limit)
        {
            Cross(node.Opposite, node.OppositeCycles, limit, candidates);
        }

        var ways = _ways.AsSpan(node.WaysStart, node.WaysCount);
        for (var i = 0; i + 1 < ways.Length; i += 2)
        {
            var way = weight + values[ways[i]];
            if (way < _heed[ways[i + 1]])
            {
                Heed(ways[i + 1], way, edge, ways[i], candidates);
            }
        }

        var pairs = _pairs.AsSpan(node.PairsStart, node.PairsCount);
        for (var i = 0; i + 2 < pairs.Length; i += 3)
        {
            if (values[pairs[i]] + values[pairs[i + 1]] < limit)
            {
                Close(pairs[i], pairs[i + 1], pairs[i + 2], limit, candidates);
            }
        }

        if (node.RestCount > 0)
        {
            ScoreRest(edge, candidates);
        }
    }

    /// <summary>Whether a cycle's weights say by more than they can err that it pays, or that it does not.</summary>
    public bool Clearly(ReadOnlySpan<int> edges, bool pays)
    {
        var sum = Sum(edges);
        return pays ? sum < -Guard : sum > Guard;
    }

    private double Sum(ReadOnlySpan<int> edges)
    {
        var sum = 0.0;
        foreach (var edge in edges)
        {
            sum += _values[_nodes[edge].Slot];
        }

        return sum;
    }

    private void ScoreRest(int edge, List<int> candidates)
    {
        foreach (var cycle in _plan.Rest[edge])
        {
            if (Sum(_index.EdgesOf(cycle)) < Guard)
            {
                candidates.Add(cycle);
            }
        }
    }

    private void SetHeed(int bridge)
    {
        var lightest = double.PositiveInfinity;
        foreach (var slot in _plan.ClosedBy[bridge])
        {
            lightest = Math.Min(lightest, _values[slot]);
        }

        _heed[bridge] = Math.Max(_values[_boundsStart + bridge], Guard - lightest);
    }

    /// <summary>A way over a bridge became lighter than what the bridge knows, or light enough to close a cycle.</summary>
    private void Heed(int bridge, double way, int edge, int slot, List<int> candidates)
    {
        if (way < _values[_boundsStart + bridge])
        {
            _values[_boundsStart + bridge] = way;
            SetHeed(bridge);
        }

        foreach (var closing in _plan.ClosedBy[bridge])
        {
            if (way + _values[closing] < Guard)
            {
                AddCycle(edge, _plan.Edges[slot], _plan.Edges[closing], candidates);
            }
        }
    }

    private void Close(int slot, int value, int cycles, double limit, List<int> candidates)
    {
        if (value < _boundsStart)
        {
            candidates.Add(cycles);
        }
        else
        {
            Cross(value - _boundsStart, cycles, limit - _values[slot], candidates);
        }
    }

    /// <summary>Looks at every way over a bridge: makes its bound exact and adds the cycles that its ways below a limit close.</summary>
    /// <param name="cycles">Where the plan has the cycles of the ways.</param>
    private void Cross(int bridge, int cycles, double limit, List<int> candidates)
    {
        var lightest = double.PositiveInfinity;
        foreach (var (first, second) in _plan.Bridges.Paths(bridge))
        {
            var way = _values[_nodes[first].Slot] + _values[_nodes[second].Slot];
            lightest = Math.Min(lightest, way);

            // A way may close no cycle: when it visits an asset twice, or misses the configured start assets.
            if (way < limit && _plan.CycleOfWay[cycles] >= 0)
            {
                candidates.Add(_plan.CycleOfWay[cycles]);
            }

            cycles++;
        }

        _values[_boundsStart + bridge] = lightest;
        SetHeed(bridge);
    }

    /// <summary>Adds the cycle of three edges, unless it misses the configured start assets.</summary>
    private void AddCycle(int edge, int other, int closing, List<int> candidates)
    {
        foreach (var cycle in _index.Through(edge))
        {
            var edges = _index.EdgesOf(cycle);
            if (edges.Length > 3)
            {
                return;
            }

            if (edges.Contains(other) && edges.Contains(closing))
            {
                candidates.Add(cycle);
                return;
            }
        }
    }
}
