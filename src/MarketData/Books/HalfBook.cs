using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parallax.Domain;

namespace Parallax.MarketData.Books;

/// <summary>One side of a book: its levels, best first, side by side in one array with room at both ends.</summary>
/// <remarks>
/// Room at both ends makes a change near the best price cheap in a book of any depth: the few better levels move, not the thousands
/// behind. Beside each level stands a digest that a checksum may keep there; zero says that it has to be computed.
/// </remarks>
internal struct HalfBook
{
    /// <summary>Changes cluster at the top: this many levels are looked through one by one before the search halves.</summary>
    private const int LinearLevels = 12;

    private Level[] _levels;
    private ulong[] _digests;
    private int _start;
    private int _count;

    /// <summary>All ones for asks: the complement turns the lowest price into the highest.</summary>
    private readonly long _order;

    public HalfBook(BookSide side, int capacity)
    {
        _order = side == BookSide.Bid ? 0 : -1;
        _levels = new Level[capacity];
        _digests = new ulong[capacity];
        _start = capacity / 2;
    }

    public readonly int Count => _count;

    public readonly ReadOnlySpan<Level> Levels
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_levels), _start), _count);
    }

    public readonly Span<ulong> Digests
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_digests), _start), _count);
    }

    /// <summary>The best level; zero lots when the side is empty.</summary>
    public readonly Level BestOrNothing => _count > 0 ? _levels[_start] : default;

    /// <summary>Larger is better on either side.</summary>
    public readonly long Rank(long priceTicks) => priceTicks ^ _order;

    public void Clear()
    {
        _count = 0;
        _start = _levels.Length / 2;
    }

    /// <summary>Drops the levels beyond a depth.</summary>
    public void Truncate(int depth)
    {
        if (_count > depth)
        {
            _count = depth;
        }
    }

    /// <summary>Puts a quantity at a price; zero lots removes the price, and removing what is not there is nothing.</summary>
    /// <returns>The position that changed, 0 for the best; -1 when nothing did.</returns>
    public int Set(long priceTicks, long quantityLots)
    {
        var position = Find(priceTicks);
        if (position >= 0)
        {
            if (quantityLots == 0)
            {
                Remove(position);
                return position;
            }

            var at = _start + position;
            if (_levels[at].QuantityLots == quantityLots)
            {
                return -1;
            }

            _levels[at] = new Level(priceTicks, quantityLots);
            _digests[at] = 0;
            return position;
        }

        if (quantityLots == 0)
        {
            return -1;
        }

        position = ~position;
        Insert(position, new Level(priceTicks, quantityLots));
        return position;
    }

    /// <summary>The position of a price, or the complement of the position where it would be inserted.</summary>
    public readonly int Find(long priceTicks)
    {
        var levels = Levels;
        var rank = priceTicks ^ _order;
        var linear = Math.Min(levels.Length, LinearLevels);
        for (var i = 0; i < linear; i++)
        {
            var held = levels[i].PriceTicks ^ _order;
            if (held <= rank)
            {
                return held == rank ? i : ~i;
            }
        }

        var low = linear;
        var high = levels.Length;
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            var held = levels[middle].PriceTicks ^ _order;
            if (held == rank)
            {
                return middle;
            }

            if (held > rank)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return ~low;
    }

    private void Insert(int position, Level level)
    {
        var behind = _count - position;
        var moveFront = position < behind;
        if (moveFront ? _start == 0 : _start + _count == _levels.Length)
        {
            MakeRoom();
        }

        if (moveFront)
        {
            Move(_start, _start - 1, position);
            _start--;
        }
        else
        {
            Move(_start + position, _start + position + 1, behind);
        }

        _count++;
        _levels[_start + position] = level;
        _digests[_start + position] = 0;
    }

    private void Remove(int position)
    {
        var behind = _count - position - 1;
        if (position < behind)
        {
            Move(_start, _start + 1, position);
            _start++;
        }
        else
        {
            Move(_start + position + 1, _start + position, behind);
        }

        _count--;
    }

    private readonly void Move(int from, int to, int count)
    {
        if (count > 0)
        {
            Array.Copy(_levels, from, _levels, to, count);
            Array.Copy(_digests, from, _digests, to, count);
        }
    }

    /// <summary>Centers the levels, in a larger array when less than a quarter is free: room for many insertions at either end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoom()
    {
        var capacity = _count > _levels.Length / 4 * 3 ? _levels.Length * 2 : _levels.Length;
        var start = (capacity - _count) / 2;
        if (capacity == _levels.Length)
        {
            Move(_start, start, _count);
        }
        else
        {
            var levels = new Level[capacity];
            var digests = new ulong[capacity];
            Array.Copy(_levels, _start, levels, start, _count);
            Array.Copy(_digests, _start, digests, start, _count);
            _levels = levels;
            _digests = digests;
        }

        _start = start;
    }
}
