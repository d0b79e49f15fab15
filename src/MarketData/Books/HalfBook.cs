using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Parallax.Domain;

namespace Parallax.MarketData.Books;

/// <summary>One side of a book: its levels, best first, side by side in one array with room at both ends.</summary>
/// <remarks>
/// Room at both ends makes a change near the best price cheap in a book of any depth: the few better levels move, not the thousands
/// behind. Beside each level a checksum may keep what it made of it, its digest; a change clears that. Where a venue sends no checksums the
/// digests need not move along with their levels, which saves a fortieth of a message's time; they are worthless then until made anew.
/// </remarks>
internal partial struct HalfBook
{
    /// <summary>Changes cluster at the top: so many levels are compared at once before the search halves.</summary>
    private const int TopLevels = 12;

    private Level[] _levels;
    private ulong[] _remainders;
    private byte[] _lengths;
    private int _start;
    private int _count;

    /// <summary>All ones for asks: the complement turns the lowest price into the highest.</summary>
    private readonly long _order;

    public HalfBook(BookSide side, int capacity)
    {
        _order = side == BookSide.Bid ? 0 : -1;
        _levels = new Level[capacity];
        _remainders = new ulong[capacity];
        _lengths = new byte[capacity];
        _start = capacity / 2;
    }

    public readonly int Count => _count;

    public readonly ReadOnlySpan<Level> Levels
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_levels), _start), _count);
    }

    /// <summary>The remainder of a level's digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref ulong RemainderAt(int position) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_remainders), _start + position);

    /// <summary>How many digits a level has; zero while it has not been digested.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref byte LengthAt(int position) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_lengths), _start + position);

    /// <summary>Says that no level from a position on has been digested.</summary>
    public readonly void ForgetDigests(int from) => _lengths.AsSpan(_start, _count)[Math.Min(from, _count)..].Clear();

    /// <summary>The best level; zero lots when the side is empty.</summary>
    public readonly Level BestOrNothing
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _count > 0 ? At(0) : default;
    }

    /// <summary>Larger is better on either side; nothing ranks lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long Rank(Level level) => level.QuantityLots == 0 ? long.MinValue : level.PriceTicks ^ _order;

    public void Clear()
    {
        _count = 0;
        _start = _levels.Length / 2;
    }

    /// <summary>Drops the levels beyond a depth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Truncate(int depth) => _count = Math.Min(_count, depth);

    /// <summary>Puts a quantity at a price; zero lots removes the price, and removing what is not there is nothing.</summary>
    /// <param name="keepsDigests">Whether the digests of the other levels are to stay theirs.</param>
    /// <returns>The position that changed, 0 for the best; -1 when nothing did.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Set(long priceTicks, long quantityLots, bool keepsDigests) =>
        IsSmall ? SetSmall(priceTicks, quantityLots, keepsDigests) : SetAny(priceTicks, quantityLots);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int SetAny(long priceTicks, long quantityLots)
    {
        var position = Find(priceTicks);
        if (position >= 0)
        {
            if (quantityLots == 0)
            {
                Remove(position);
                return position;
            }

            ref var held = ref At(position);
            if (held.QuantityLots == quantityLots)
            {
                return -1;
            }

            held = new Level(priceTicks, quantityLots);
            LengthAt(position) = 0;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Find(long priceTicks)
    {
        var better = BetterAtTop(priceTicks ^ _order);
        return better < TopLevels
            ? better < _count && At(better).PriceTicks == priceTicks ? better : ~better
            : FindBelow(priceTicks);
    }

    /// <summary>How many of the first levels are better than a price of this rank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int BetterAtTop(long rank)
    {
        if (Vector512.IsHardwareAccelerated && _start + TopLevels <= _levels.Length)
        {
            // Four levels a vector; the prices are the even elements.
            ref var first = ref Unsafe.As<Level, long>(ref At(0));
            var order = Vector512.Create(_order);
            var ranks = Vector512.Create(rank);
            var better = Vector512.GreaterThan(Vector512.LoadUnsafe(ref first) ^ order, ranks).ExtractMostSignificantBits()
                | (Vector512.GreaterThan(Vector512.LoadUnsafe(ref first, 8) ^ order, ranks).ExtractMostSignificantBits() << 8)
                | (Vector512.GreaterThan(Vector512.LoadUnsafe(ref first, 16) ^ order, ranks).ExtractMostSignificantBits() << 16);
            var held = (1ul << (2 * Math.Min(_count, TopLevels))) - 1;
            return BitOperations.PopCount(better & held & 0x55_5555);
        }

        var count = Math.Min(_count, TopLevels);
        var position = 0;
        while (position < count && (At(position).PriceTicks ^ _order) > rank)
        {
            position++;
        }

        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int FindBelow(long priceTicks)
    {
        var levels = Levels;
        var rank = priceTicks ^ _order;
        var low = TopLevels;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        At(position) = level;
        LengthAt(position) = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Move(int from, int to, int count)
    {
        _levels.AsSpan(from, count).CopyTo(_levels.AsSpan(to, count));
        _remainders.AsSpan(from, count).CopyTo(_remainders.AsSpan(to, count));
        _lengths.AsSpan(from, count).CopyTo(_lengths.AsSpan(to, count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref Level At(int position) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_levels), _start + position);

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
            var remainders = new ulong[capacity];
            var lengths = new byte[capacity];
            Array.Copy(_levels, _start, levels, start, _count);
            Array.Copy(_remainders, _start, remainders, start, _count);
            Array.Copy(_lengths, _start, lengths, start, _count);
            _levels = levels;
            _remainders = remainders;
            _lengths = lengths;
        }

        _start = start;
    }
}
