using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Sixteen zero bytes, then sixteen ASCII zeros: what turns the last n of sixteen digits into ASCII starts at n.</summary>
    private static ReadOnlySpan<byte> Zeros => "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\00000000000000000"u8;

    /// <param name="price">Above zero.</param>
    /// <param name="quantity">Above zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(Crc32Shift shift, ulong price, ulong quantity) =>
        Avx2.IsSupported && Pclmulqdq.IsSupported && price < EightDigits && quantity < SixteenDigits
            ? OfShort(shift, price, quantity)
            : OfLong(price, quantity);

    /// <summary>Any numbers, by way of their text: the definition.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong OfLong(ulong price, ulong quantity)
    {
        Span<byte> digits = stackalloc byte[40];
        price.TryFormat(digits, out var priceCount);
        quantity.TryFormat(digits[priceCount..], out var quantityCount);
        var count = priceCount + quantityCount;
        return Crc32.Continue(0, digits[..count]) | ((ulong)(uint)count << 32);
    }

    private static ulong OfShort(Crc32Shift shift, ulong price, ulong quantity)
    {
        // Twice eight digits of quantity and eight of price; the first digit in the lowest byte, leading zeros as zero bytes.
        var high = quantity / EightDigits;
        var digits = Eight(Vector256.Create(high, quantity - (high * EightDigits), price, 0));
        var places = ~Vector256.Equals(digits, Vector256<byte>.Zero).ExtractMostSignificantBits();
        var quantityCount = 16 - BitOperations.TrailingZeroCount(places | 0x1_0000);
        var priceCount = 8 - BitOperations.TrailingZeroCount((places >> 16) | 0x100);

        // Eight more zeros of price, in a lane that nothing reads.
        ref var zeros = ref MemoryMarshal.GetReference(Zeros);
        var quantityText = digits.GetLower() | Vector128.LoadUnsafe(ref zeros, (nuint)quantityCount);
        var priceText = digits.GetUpper() | Vector128.LoadUnsafe(ref zeros, (nuint)priceCount + 8);
        return shift.Of(priceText.AsUInt64(), quantityText.AsUInt64(), quantityCount) | ((ulong)(uint)(priceCount + quantityCount) << 32);
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
