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
    private readonly int _edgeCount;

    // The weights of the edges, then the bounds of the bridges.
    private readonly double[] _values;

    // By bridge: a way below this has something to say, either a new lowest bound or a cycle that may pay.
    private readonly double[] _heed;

    public CycleScreen(CycleIndex index)
    {
        _index = index;
        _plan = new ScreenPlan(index);
        _edgeCount = index.EdgeCount;
        _values = new double[_edgeCount + _plan.Bridges.Count];
        _heed = new double[_plan.Bridges.Count];
        _values.AsSpan().Fill(double.PositiveInfinity);
        _heed.AsSpan().Fill(double.PositiveInfinity);
    }

    /// <summary>Takes a weight without looking at cycles: enough where it rose.</summary>
    /// <param name="weight">Positive infinity for an edge without a price.</param>
    public void Set(int edge, double weight)
    {
        _values[edge] = weight;
        var opposite = _plan.Opposite[edge];
        if (opposite >= 0)
        {
            SetHeed(opposite);
        }
    }

    /// <summary>Adds to a list the cycles through an edge whose weight fell that may pay now; one may be added twice.</summary>
    public void Propose(int edge, List<int> candidates)
    {
        var weight = _values[edge];
        var limit = Guard - weight;
        var opposite = _plan.Opposite[edge];
        if (opposite >= 0 && _values[_edgeCount + opposite] < limit)
        {
            Cross(opposite, edge, -1, limit, candidates);
        }

        var ways = _plan.Ways[edge];
        for (var i = 0; i + 1 < ways.Length; i += 2)
        {
            var way = weight + _values[ways[i]];
            if (way < _heed[ways[i + 1]])
            {
                Heed(ways[i + 1], way, edge, ways[i], candidates);
            }
        }

        var pairs = _plan.Pairs[edge];
        for (var i = 0; i + 1 < pairs.Length; i += 2)
        {
            if (_values[pairs[i]] + _values[pairs[i + 1]] < limit)
            {
                Close(edge, pairs[i], pairs[i + 1], limit, candidates);
            }
        }

        foreach (var cycle in _plan.Rest[edge])
        {
            if (Sum(cycle) < Guard)
            {
                candidates.Add(cycle);
            }
        }
    }

    private void SetHeed(int bridge)
    {
        var lightest = double.PositiveInfinity;
        foreach (var edge in _plan.ClosedBy[bridge])
        {
            lightest = Math.Min(lightest, _values[edge]);
        }

        _heed[bridge] = Math.Max(_values[_edgeCount + bridge], Guard - lightest);
    }

    /// <summary>A way over a bridge became lighter than what the bridge knows, or light enough to close a cycle.</summary>
    private void Heed(int bridge, double way, int first, int second, List<int> candidates)
    {
        if (way < _values[_edgeCount + bridge])
        {
            _values[_edgeCount + bridge] = way;
            SetHeed(bridge);
        }

        foreach (var edge in _plan.ClosedBy[bridge])
        {
            if (way + _values[edge] < Guard)
            {
                AddCycle([edge, first, second], candidates);
            }
        }
    }

    private void Close(int edge, int value, int other, double limit, List<int> candidates)
    {
        if (other < _edgeCount)
        {
            AddCycle([edge, value, other], candidates);
        }
        else
        {
            Cross(other - _edgeCount, edge, value, limit - _values[value], candidates);
        }
    }

    /// <summary>Looks at every way over a bridge: makes its bound exact and adds the cycles that its ways below a limit close.</summary>
    /// <param name="more">A second edge of the cycle besides the ways', or -1.</param>
    private void Cross(int bridge, int edge, int more, double limit, List<int> candidates)
    {
        var lightest = double.PositiveInfinity;
        foreach (var (first, second) in _plan.Bridges.Paths(bridge))
        {
            var way = _values[first] + _values[second];
            lightest = Math.Min(lightest, way);
            if (way < limit)
            {
                AddCycle(more < 0 ? [edge, first, second] : [edge, more, first, second], candidates);
            }
        }

        _values[_edgeCount + bridge] = lightest;
        SetHeed(bridge);
    }

    /// <summary>Adds the cycle of these edges; none when they visit an asset twice or miss the configured start assets.</summary>
    private void AddCycle(ReadOnlySpan<int> edges, List<int> candidates)
    {
        var rarest = edges[0];
        foreach (var edge in edges)
        {
            rarest = _index.Through(edge).Length < _index.Through(rarest).Length ? edge : rarest;
        }

        foreach (var cycle in _index.Through(rarest))
        {
            var found = _index.EdgesOf(cycle);
            if (found.Length == edges.Length && ContainsAll(found, edges))
            {
                candidates.Add(cycle);
                return;
            }
        }
    }

    private static bool ContainsAll(ReadOnlySpan<int> found, ReadOnlySpan<int> edges)
    {
        foreach (var edge in edges)
        {
            if (!found.Contains(edge))
            {
                return false;
            }
        }

        return true;
    }

    private double Sum(int cycle)
    {
        var sum = 0.0;
        foreach (var edge in _index.EdgesOf(cycle))
        {
            sum += _values[edge];
        }

        return sum;
    }
}
