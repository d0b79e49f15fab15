using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Parallax.Domain;

namespace Parallax.MarketData.Books;

/// <content>Books of up to a dozen levels a side, as most venues send them: one change without a branch on what kind of change it is.</content>
internal partial struct HalfBook
{
    /// <summary>A book for the small form has this much room, so that its vectors never reach over the ends.</summary>
    public const int CapacityMin = 48;

    /// <summary>Three vectors of four levels, two of eight remainders, one of sixteen lengths, and one element more on either side.</summary>
    private const int SmallLevels = 12, SmallRemainders = 16;

    /// <summary>Whether another level still fits the small form. The element at index 0 stays outside: it takes what is written in vain.</summary>
    private readonly bool IsSmall
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated
            && _count < SmallLevels
            && _start >= 2
            && _start + SmallRemainders < _levels.Length;
    }

    /// <summary>
    /// Shifts everything from the changed position on by one place up (an insertion), one place down (a removal) or not at all, by
    /// loading it from a neighboring address and storing it back. Which of the three it is cannot be predicted, and costs nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SetSmall(long priceTicks, long quantityLots, bool keepsDigests)
    {
        ref var levels = ref Unsafe.As<Level, long>(ref At(0));
        var levels0 = Vector512.LoadUnsafe(ref levels);
        var levels1 = Vector512.LoadUnsafe(ref levels, 8);
        var levels2 = Vector512.LoadUnsafe(ref levels, 16);

        // One bit for each 64 bits; the prices are the even ones.
        var order = Vector512.Create(_order);
        var rank = Vector512.Create(priceTicks ^ _order);
        var price = Vector512.Create(priceTicks);
        var better = Vector512.GreaterThan(levels0 ^ order, rank).ExtractMostSignificantBits()
            | (Vector512.GreaterThan(levels1 ^ order, rank).ExtractMostSignificantBits() << 8)
            | (Vector512.GreaterThan(levels2 ^ order, rank).ExtractMostSignificantBits() << 16);
        var equal = Vector512.Equals(levels0, price).ExtractMostSignificantBits()
            | (Vector512.Equals(levels1, price).ExtractMostSignificantBits() << 8)
            | (Vector512.Equals(levels2, price).ExtractMostSignificantBits() << 16);
        var held = ((1ul << (2 * _count)) - 1) & 0x55_5555;
        var position = BitOperations.PopCount(better & held);
        var isFound = (equal & held) != 0 ? 1 : 0;
        var isRemoval = quantityLots == 0 ? 1 : 0;
        if (isFound < isRemoval)
        {
            return -1;
        }

        // An insertion takes what is one place before, a removal what is one place behind.
        var shift = isFound + isRemoval - 1;
        var from = Vector512.Create((long)position);
        ref var shifted = ref Unsafe.Add(ref levels, 2 * shift);
        var shifted0 = Vector512.LoadUnsafe(ref shifted);
        var shifted1 = Vector512.LoadUnsafe(ref shifted, 8);
        var shifted2 = Vector512.LoadUnsafe(ref shifted, 16);
        Vector512.ConditionalSelect(Vector512.LessThan(Places0, from), levels0, shifted0).StoreUnsafe(ref levels);
        Vector512.ConditionalSelect(Vector512.LessThan(Places1, from), levels1, shifted1).StoreUnsafe(ref levels, 8);
        Vector512.ConditionalSelect(Vector512.LessThan(Places2, from), levels2, shifted2).StoreUnsafe(ref levels, 16);
        if (keepsDigests)
        {
            ShiftDigests(position, shift);
        }

        // A removal has no level to write: it goes to the element outside.
        var target = (_start + position) & (isRemoval - 1);
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_levels), target) = new Level(priceTicks, quantityLots);
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_lengths), target) = 0;
        _count -= shift;
        return position;
    }

    /// <summary>Shifts what a checksum keeps beside the levels as these are shifted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void ShiftDigests(int position, int shift)
    {
        ref var remainders = ref RemainderAt(0);
        ref var lengths = ref LengthAt(0);
        ref var shiftedRemainders = ref Unsafe.Add(ref remainders, shift);
        var from = Vector512.Create((ulong)position);
        var remainders0 = Vector512.LoadUnsafe(ref remainders);
        var remainders1 = Vector512.LoadUnsafe(ref remainders, 8);
        var shiftedRemainders0 = Vector512.LoadUnsafe(ref shiftedRemainders);
        var shiftedRemainders1 = Vector512.LoadUnsafe(ref shiftedRemainders, 8);
        var lengths0 = Vector128.LoadUnsafe(ref lengths);
        var shiftedLengths0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref lengths, shift));
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512<ulong>.Indices, from), remainders0, shiftedRemainders0).StoreUnsafe(ref remainders);
        Vector512.ConditionalSelect(Vector512.LessThan(Indices8, from), remainders1, shiftedRemainders1).StoreUnsafe(ref remainders, 8);
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128<byte>.Indices, Vector128.Create((byte)position)), lengths0, shiftedLengths0)
            .StoreUnsafe(ref lengths);
    }

    private static Vector512<long> Places0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0L, 0, 1, 1, 2, 2, 3, 3);
    }

    private static Vector512<long> Places1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(4L, 4, 5, 5, 6, 6, 7, 7);
    }

    private static Vector512<long> Places2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(8L, 8, 9, 9, 10, 10, 11, 11);
    }

    private static Vector512<ulong> Indices8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(8ul, 9, 10, 11, 12, 13, 14, 15);
    }
}
