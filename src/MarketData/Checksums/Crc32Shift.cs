using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace Parallax.MarketData.Checksums;

/// <summary>Moves CRC-32 registers past bytes, so that the checksum of a text is put together from the checksums of its parts.</summary>
/// <remarks>
/// Without its inversions a CRC is linear: CRC(A ‖ B) = CRC(A) · x^(8·|B|) + CRC(B), everything modulo the generator P, addition being
/// exclusive or. All values are bit-reversed, as CRC-32 registers are: bit i of a register is the coefficient of x^(31-i). The carry-less
/// product of two such values is bit-reversed in 63 bits, one short of 64; the table holds x^(8n-1) instead of x^(8n) to make up for it.
/// Reduction is Barrett's, with the constants of V. Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ
/// Instruction", Intel, 2009.
/// </remarks>
internal static class Crc32Shift
{
    /// <summary>Texts up to this many bytes can be passed: twenty levels of two 19-digit numbers, with room.</summary>
    public const int BytesMax = 800;

    private const ulong Quotient = 0x1_F701_1641;
    private const ulong Generator = 0x1_DB71_0641;

    private static readonly uint[] Powers = MakePowers();

    /// <summary>A register moved past some bytes, not reduced: results of several moves may be added (xor) and reduced once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Past(uint register, int byteCount) => Multiply(register, Powers[byteCount]);

    /// <summary>The register that a sum of moved registers stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Reduce(Vector128<ulong> sum)
    {
        var low = Vector128.CreateScalar((ulong)uint.MaxValue);
        var quotient = Multiply(sum & low, Vector128.CreateScalarUnsafe(Quotient)) & low;
        return (sum ^ Multiply(quotient, Vector128.CreateScalarUnsafe(Generator))).AsUInt32().GetElement(1);
    }

    /// <summary>The register of up to 24 bytes in three words, from zero. The first byte of the text is the lowest of its word.</summary>
    /// <param name="first">Eight bytes, followed by <paramref name="firstShift"/> bytes of text.</param>
    /// <param name="second">Eight bytes, followed by the eight of <paramref name="third"/>.</param>
    /// <remarks>Zero bytes at the front change nothing, so shorter texts are filled up with them.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ulong first, int firstShift, ulong second, ulong third)
    {
        // 64 by 32 bits: the power stands in the high half, so that the product is bit-reversed in 128 bits. A register is the text
        // times x^32, hence the four extra bytes.
        var sum = Multiply(first, (ulong)Powers[firstShift + 4] << 32)
            ^ Multiply(second, (ulong)Powers[8 + 4] << 32)
            ^ Multiply(third, (ulong)Powers[4] << 32);

        // The product has at most 96 bits: the 32 highest powers are folded onto the 64 lowest.
        var high = sum.GetElement(0) >> 32;
        return Reduce(Vector128.CreateScalar(sum.GetElement(1)) ^ Multiply(high, Powers[8]));
    }

    /// <summary>A register times x.</summary>
    internal static uint TimesX(uint register) => (register >> 1) ^ (0u - (register & 1) & Crc32.Polynomial);

    private static Vector128<ulong> Multiply(ulong left, ulong right) =>
        Multiply(Vector128.CreateScalarUnsafe(left), Vector128.CreateScalarUnsafe(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Multiply(Vector128<ulong> left, Vector128<ulong> right)
    {
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(left, right, 0);
        }

        return ArmAes.IsSupported
            ? ArmAes.PolynomialMultiplyWideningLower(left.GetLower(), right.GetLower())
            : MultiplyBitwise(left.GetElement(0), right.GetElement(0));
    }

    /// <summary>The carry-less product of two words, for processors without the instruction.</summary>
    internal static Vector128<ulong> MultiplyBitwise(ulong left, ulong right)
    {
        var low = 0ul;
        var high = 0ul;
        for (var i = 0; i < 64; i++)
        {
            var mask = 0ul - ((right >> i) & 1);
            low ^= (left << i) & mask;
            high ^= i == 0 ? 0 : (left >> (64 - i)) & mask;
        }

        return Vector128.Create(low, high);
    }

    private static uint[] MakePowers()
    {
        // x^0 is the highest bit; x^(-1) is what times x gives it.
        var powers = new uint[BytesMax + 1];
        var power = ((0x8000_0000 ^ Crc32.Polynomial) << 1) | 1;
        for (var i = 0; i <= BytesMax; i++)
        {
            powers[i] = power;
            for (var bit = 0; bit < 8; bit++)
            {
                power = TimesX(power);
            }
        }

        return powers;
    }
}
