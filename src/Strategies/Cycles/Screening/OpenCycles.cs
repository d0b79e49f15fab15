using System.Runtime.InteropServices;

namespace Parallax.Strategies.Cycles.Screening;

/// <summary>The cycles that pay at the last seen prices, and how many of them use each edge.</summary>
internal sealed class OpenCycles(CycleIndex index)
{
    private readonly bool[] _isOpen = new bool[index.Count];
    private readonly int[] _countOfEdge = new int[index.EdgeCount];
    private readonly List<int> _open = new(64);

    /// <summary>In no particular order, but the same order in every replay.</summary>
    public ReadOnlySpan<int> All => CollectionsMarshal.AsSpan(_open);

    public bool Contains(int cycle) => _isOpen[cycle];

    public int CountThrough(int edge) => _countOfEdge[edge];

    public void Open(int cycle)
    {
        _isOpen[cycle] = true;
        _open.Add(cycle);
        foreach (var edge in index.EdgesOf(cycle))
        {
            _countOfEdge[edge]++;
        }
    }

    public void Close(int cycle)
    {
        _isOpen[cycle] = false;
        _open.RemoveAt(_open.IndexOf(cycle));
        foreach (var edge in index.EdgesOf(cycle))
        {
            _countOfEdge[edge]--;
        }
    }

    /// <summary>Adds the open cycles through an edge to a list, ascending by number.</summary>
    public void AddThrough(int edge, List<int> cycles)
    {
        if (_countOfEdge[edge] == 0)
        {
            return;
        }

        var first = cycles.Count;
        foreach (var cycle in _open)
        {
            if (index.EdgesOf(cycle).Contains(edge))
            {
                cycles.Add(cycle);
            }
        }

        CollectionsMarshal.AsSpan(cycles)[first..].Sort();
    }
}
