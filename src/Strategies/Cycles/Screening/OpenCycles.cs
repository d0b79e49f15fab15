using System.Runtime.InteropServices;

namespace Parallax.Strategies.Cycles.Screening;

/// <summary>The cycles that pay at the last seen prices; how many of them use an edge stands in its node.</summary>
internal sealed class OpenCycles(CycleIndex index, EdgeNode[] nodes)
{
    private readonly bool[] _isOpen = new bool[index.Count];
    private readonly List<int> _open = new(64);

    /// <summary>In the order in which they opened.</summary>
    public ReadOnlySpan<int> All => CollectionsMarshal.AsSpan(_open);

    public bool Contains(int cycle) => _isOpen[cycle];

    public void Open(int cycle)
    {
        _isOpen[cycle] = true;
        _open.Add(cycle);
        foreach (var edge in index.EdgesOf(cycle))
        {
            nodes[edge].OpenCount++;
        }
    }

    public void Close(int cycle)
    {
        _isOpen[cycle] = false;
        _open.RemoveAt(_open.IndexOf(cycle));
        foreach (var edge in index.EdgesOf(cycle))
        {
            nodes[edge].OpenCount--;
        }
    }

    /// <summary>Adds the open cycles through an edge to a list.</summary>
    public void AddThrough(int edge, List<int> cycles)
    {
        foreach (var cycle in _open)
        {
            if (index.EdgesOf(cycle).Contains(edge))
            {
                cycles.Add(cycle);
            }
        }
    }
}
