using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Parallax.MarketData.Checksums;

/// <summary>What a level's digits, price then quantity, do to a CRC-32: see <see cref="Crc32Shift"/> for remainders.</summary>
internal static class DigitsDigest
{
    private const ulong EightDigits = 100_000_000;
    private const ulong SixteenDigits = EightDigits * EightDigits;

    /// <summary>Sixteen zero bytes, then sixteen ASCII zeros: what turns the last n of sixteen digits into ASCII starts at n.</summary>
    private static ReadOnlySpan<byte> Zeros => "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\00000000000000000"u8;

    /// <summary>10^n; the first is 0, so that zero has no digits.</summary>
    private static ReadOnlySpan<ulong> Powers =>
    [
        0, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
        1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    /// <param name="price">Above zero.</param>
    /// <param name="quantity">Above zero.</param>
    /// <param name="remainder">Of the register after the digits, from zero.</param>
    /// <param name="length">How many digits; at least two.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(Crc32Shift shift, ulong price, ulong quantity, out ulong remainder, out byte length)
    {
        if (Avx2.IsSupported && Pclmulqdq.IsSupported && price < EightDigits && quantity < SixteenDigits)
        {
            OfShort(shift, price, quantity, out remainder, out length);
        }
        else
        {
            OfLong(price, quantity, out remainder, out length);
        }
    }

    /// <summary>Any numbers, by way of their text: the definition.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void OfLong(ulong price, ulong quantity, out ulong remainder, out byte length)
    {
        Span<byte> digits = stackalloc byte[40];
        price.TryFormat(digits, out var priceCount);
        quantity.TryFormat(digits[priceCount..], out var quantityCount);
        length = (byte)(priceCount + quantityCount);
        remainder = Crc32Shift.Remainder(Crc32.Continue(0, digits[..length]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfShort(Crc32Shift shift, ulong price, ulong quantity, out ulong remainder, out byte length)
    {
        // Counted apart from the digits, so that nothing waits for them that need not.
        var priceCount = Count(price);
        var quantityCount = Count(quantity);
        length = (byte)(priceCount + quantityCount);

        // Twice eight digits of quantity and eight of price; the first digit in the lowest byte, leading zeros as zero bytes.
        var high = quantity / EightDigits;
        var digits = Eight(Vector256.Create(high, quantity - (high * EightDigits), price, 0));

        // Eight more zeros of price, in a lane that nothing reads.
        ref var zeros = ref MemoryMarshal.GetReference(Zeros);
        var quantityText = digits.GetLower() | Vector128.LoadUnsafe(ref zeros, (nuint)quantityCount);
        var priceText = digits.GetUpper() | Vector128.LoadUnsafe(ref zeros, (nuint)priceCount + 8);
        remainder = shift.Of(priceText.AsUInt64(), quantityText.AsUInt64(), quantityCount).ToScalar();
    }

    /// <summary>How many decimal digits a number has; 1233 / 2^12 is the logarithm of 2, closely enough for 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count(ulong value)
    {
        var guess = (64 - BitOperations.LeadingZeroCount(value)) * 1233 >> 12;
        return guess + (value >= Unsafe.Add(ref MemoryMarshal.GetReference(Powers), guess) ? 1 : 0);
    }

    /// <summary>The eight decimal digits of numbers below 10^8, one a byte.</summary>
    /// <remarks>
    /// Divides in lanes: by 10^4 into halves of 32 bits, by 100 into quarters of 16, by 10 into bytes; each quotient is a multiplication
    /// and a shift that is exact over the range. A remainder is what is left, and moves up half a lane.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Eight(Vector256<ulong> values)
    {
        var quotients = Avx2.Multiply(values.AsUInt32(), Vector256.Create(109_951_163ul).AsUInt32()) >>> 40;
        var lanes = quotients | ((values - Avx2.Multiply(quotients.AsUInt32(), Vector256.Create(10_000ul).AsUInt32())) << 32);
        var hundreds = (Avx2.MultiplyHigh(lanes.AsUInt16(), Vector256.Create((ushort)5243)) >>> 3).AsUInt32();
        var pairs = hundreds | ((lanes.AsUInt32() - Avx2.MultiplyLow(hundreds.AsUInt16(), Vector256.Create((ushort)100)).AsUInt32()) << 16);
        var tens = Avx2.MultiplyHigh(pairs.AsUInt16(), Vector256.Create((ushort)6554));
        return (tens | ((pairs.AsUInt16() - Avx2.MultiplyLow(tens, Vector256.Create((ushort)10))) << 8)).AsByte();
    }
}
