using System.Runtime.InteropServices;

namespace Parallax.Trading.Ledger;

/// <summary>Numbers holdings as they turn up, and lists them in their fixed order.</summary>
internal sealed class HoldingIndex
{
    private readonly Dictionary<Holding, int> _numbers = [];
    private readonly List<Holding> _sorted = [];

    public int Count => _sorted.Count;

    /// <summary>By asset, then venue: outputs never depend on the order of arrival or on hashes.</summary>
    public IReadOnlyList<Holding> Sorted => _sorted;

    public ReadOnlySpan<Holding> SortedSpan => CollectionsMarshal.AsSpan(_sorted);

    public bool TryNumber(Holding holding, out int number) => _numbers.TryGetValue(holding, out number);

    /// <summary>From 0 upwards, the next one for a holding not seen before.</summary>
    public int Number(Holding holding)
    {
        if (_numbers.TryGetValue(holding, out var number))
        {
            return number;
        }

        number = _numbers.Count;
        _numbers.Add(holding, number);
        _sorted.Insert(~_sorted.BinarySearch(holding), holding);
        return number;
    }
}
