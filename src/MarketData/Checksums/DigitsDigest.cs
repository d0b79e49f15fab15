using System.Numerics;
using System.Runtime.CompilerServices;

namespace Parallax.MarketData.Checksums;

/// <summary>The CRC-32 register (from zero, not inverted) of a level's digits, price then quantity, and how many digits they are.</summary>
/// <remarks>
/// Packed into 64 bits so that a book can keep it beside the level: register below, count above. Never zero, since a price above zero
/// has a digit.
/// </remarks>
internal static class DigitsDigest
{
    private const ulong EightDigits = 100_000_000;
    private const ulong SixteenDigits = EightDigits * EightDigits;

    /// <param name="price">Above zero.</param>
    /// <param name="quantity">Above zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong price, ulong quantity)
    {
        if (price >= EightDigits || quantity >= SixteenDigits)
        {
            return OfLong(price, quantity);
        }

        // Eight digits of price and twice eight of quantity, the first digit in the lowest byte, leading zeros as zero bytes.
        var high = quantity / EightDigits;
        var priceDigits = Eight(price);
        var highDigits = Eight(high);
        var lowDigits = Eight(quantity - (high * EightDigits));
        var priceCount = Count(priceDigits);
        var quantityCount = high != 0 ? 8 + Count(highDigits) : Count(lowDigits);
        var register = Crc32Shift.Of(
            priceDigits | Ascii(priceCount),
            quantityCount,
            high != 0 ? highDigits | Ascii(quantityCount - 8) : 0,
            lowDigits | Ascii(Math.Min(quantityCount, 8)));
        return register | ((ulong)(uint)(priceCount + quantityCount) << 32);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OfLong(ulong price, ulong quantity)
    {
        Span<byte> digits = stackalloc byte[40];
        price.TryFormat(digits, out var priceCount);
        quantity.TryFormat(digits[priceCount..], out var quantityCount);
        var count = priceCount + quantityCount;
        return Crc32.Continue(0, digits[..count]) | ((ulong)(uint)count << 32);
    }

    /// <summary>How many digits are left when the leading zeros are gone.</summary>
    private static int Count(ulong digits) => 8 - (BitOperations.TrailingZeroCount(digits) >> 3);

    /// <summary>What turns the last so many of eight digits into ASCII.</summary>
    private static ulong Ascii(int count) => 0x3030_3030_3030_3030UL << (64 - (count << 3));

    /// <summary>The eight decimal digits of a number below 10^8, one a byte, the first in the lowest.</summary>
    /// <remarks>
    /// Divides in lanes: 4 + 4 digits, then 2 + 2 in each lane, then 1 + 1, by multiplication and shift. 10486 / 2^20 is 1/100 closely
    /// enough below 10^4, 103 / 2^10 is 1/10 below 100.
    /// </remarks>
    private static ulong Eight(ulong value)
    {
        var quotient = value * 109_951_163 >> 40;
        var lanes = quotient | ((value - (quotient * 10_000)) << 32);
        quotient = ((lanes * 10_486) >> 20) & 0x0000_007F_0000_007F;
        lanes = quotient | ((lanes - (quotient * 100)) << 16);
        quotient = ((lanes * 103) >> 10) & 0x000F_000F_000F_000F;
        return quotient | ((lanes - (quotient * 10)) << 8);
    }
}
