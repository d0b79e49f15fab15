using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>Reads plain decimal numbers (digits, perhaps a point and more digits) as steps of one grid.</summary>
/// <remarks>
/// Eight digits at a time are taken as one word: shifted so that the last digit wanted stands in the highest byte, with zeros for those
/// that are missing, then folded by three multiplications. There are at most eight digits before the point and ten behind it.
/// </remarks>
internal readonly struct FastNumber
{
    private const int WordDigits = 8;
    private const int DecimalsMax = 10;

    /// <summary>At least 1: a grid of whole numbers is one of tenths with ten times the step.</summary>
    private readonly int _decimals;
    private readonly ulong _power;
    private readonly ulong _step;

    public FastNumber(DecimalGrid grid)
    {
        var isWhole = grid.Decimals == 0 && grid.Step < long.MaxValue / 10;
        _decimals = isWhole ? 1 : grid.Decimals;
        _step = isWhole ? grid.Step * 10 : grid.Step;

        IsPlain = _decimals is >= 1 and <= DecimalsMax;
        _power = DecimalGrid.Power(_decimals);
    }

    /// <summary>Whether numbers of this grid can be read here at all.</summary>
    public bool IsPlain { get; }

    /// <summary>Reads a number.</summary>
    /// <param name="text">64 bytes.</param>
    /// <param name="others">One bit for each of them, set where there is no digit.</param>
    /// <param name="at">Where the number starts.</param>
    /// <param name="count">Steps of the grid.</param>
    /// <returns>Where the number ends; -1 when it is not plain, too long or off the grid.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ref byte text, ulong others, int at, out long count)
    {
        count = 0;
        ref var first = ref Unsafe.Add(ref text, at);
        var whole = BitOperations.TrailingZeroCount(others >> at);
        var hasLeadingZero = first == '0' & whole > 1;
        if ((uint)(whole - 1) >= WordDigits | hasLeadingZero)
        {
            return -1;
        }

        var value = Digits(Unsafe.ReadUnaligned<ulong>(ref first), whole) * _power;
        var end = at + whole;
        if (Unsafe.Add(ref text, end) == '.')
        {
            end++;
            var decimals = BitOperations.TrailingZeroCount(others >> end);
            if ((uint)(decimals - 1) >= (uint)_decimals)
            {
                return -1;
            }

            var fraction = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, end));
            value += _decimals <= WordDigits
                ? Digits(fraction, decimals, _decimals)
                : LongFraction(fraction, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, end + WordDigits)), decimals);
            end += decimals;
        }

        if (_step != 1)
        {
            var (quotient, rest) = Math.DivRem(value, _step);
            if (rest != 0)
            {
                return -1;
            }

            value = quotient;
        }

        count = (long)value;
        return end;
    }

    /// <summary>Reads a whole number of 1 to 16 digits.</summary>
    /// <param name="text">16 bytes.</param>
    /// <returns>How many digits it has; zero when it has none, or zeros before them. What stands behind 16 is for the caller to see.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadWhole(ref byte text, out ulong value)
    {
        value = 0;
        var others = Vector128.GreaterThan(Vector128.LoadUnsafe(ref text) - Vector128.Create((byte)'0'), Vector128.Create((byte)9));
        var count = BitOperations.TrailingZeroCount(others.ExtractMostSignificantBits() | 0x10000);
        if (count == 0 || (text == '0' && count > 1))
        {
            return 0;
        }

        // The last eight digits and those before them; with fewer, all of them.
        var first = Unsafe.ReadUnaligned<ulong>(ref text);
        value = count <= WordDigits
            ? Digits(first, count)
            : (Digits(first, count - WordDigits) * 100_000_000)
                + Digits(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, count - WordDigits)), WordDigits);
        return count;
    }

    /// <summary>Nine or ten decimals: the first eight, then the rest.</summary>
    private ulong LongFraction(ulong first, ulong rest, int decimals)
    {
        var behind = _decimals - WordDigits;
        var value = Digits(first, Math.Min(decimals, WordDigits), WordDigits) * DecimalGrid.Power(behind);
        return decimals > WordDigits ? value + Digits(rest, decimals - WordDigits, behind) : value;
    }

    /// <summary>The number that the first 1 to 8 characters of a word print.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Digits(ulong ascii, int count) => Fold((ascii ^ 0x3030_3030_3030_3030) << (64 - (count << 3)));

    /// <summary>The number that the first 1 to 8 characters of a word print when zeros follow them up to a width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Digits(ulong ascii, int count, int width) =>
        Fold((ascii ^ 0x3030_3030_3030_3030) << (64 - (count << 3)) >> ((width - count) << 3));

    /// <summary>Eight digits, the first in the lowest byte: pairs, then fours, then all eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong digits)
    {
        digits = digits * 2561 >> 8;
        digits = (digits & 0x00FF_00FF_00FF_00FF) * 6_553_601 >> 16;
        return (digits & 0x0000_FFFF_0000_FFFF) * 42_949_672_960_001 >> 32;
    }
}
