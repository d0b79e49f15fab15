using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
/// <para>
/// Who uses it keeps it in a field: hot code that is compiled before a static was first touched would ask on every use whether it is there.
/// </para>
/// </remarks>
internal readonly struct Crc32Shift
{
    /// <summary>Texts up to this many bytes can be passed: twenty levels of two 19-digit numbers, with room.</summary>
    public const int BytesMax = 800;

    private const ulong Quotient = 0x1_F701_1641;
    private const ulong Generator = 0x1_DB71_0641;

    /// <summary>The table's elements for 4, 8 and 12 bytes.</summary>
    private const uint Past4 = 0x0000_0001, Past8 = 0xB8BC_6765, Past12 = 0xCCAA_009E;

    private readonly uint[] _powers;

    private Crc32Shift(uint[] powers) => _powers = powers;

    /// <summary>The one there is.</summary>
    public static Crc32Shift Shared { get; } = new(MakePowers());

    /// <summary>The first of <see cref="BytesMax"/> + 1 factors: what a register is multiplied by to move it past so many bytes.</summary>
    public ref uint Powers => ref MemoryMarshal.GetArrayDataReference(_powers);

    /// <summary>A register times a factor, not reduced.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Times(uint register, uint factor) => Multiply(register, factor);

    /// <summary>A register moved past some bytes, not reduced: results of several moves may be added (xor) and reduced once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<ulong> Past(uint register, int byteCount) => Multiply(register, Power(byteCount));

    /// <summary>The register that a sum of moved registers stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Reduce(Vector128<ulong> sum)
    {
        var low = Vector128.CreateScalar((ulong)uint.MaxValue);
        var quotient = Multiply(sum & low, Vector128.CreateScalarUnsafe(Quotient)) & low;
        return (sum ^ Multiply(quotient, Vector128.CreateScalarUnsafe(Generator))).AsUInt32().GetElement(1);
    }

    /// <summary>The register of two texts, from zero: up to eight bytes, then up to sixteen.</summary>
    /// <param name="first">The last of its bytes is the highest of the lower element; the upper element is not read.</param>
    /// <param name="second">The last of its bytes is the highest of all.</param>
    /// <param name="secondLength">Bytes that the second text has.</param>
    /// <remarks>Zero bytes before a text change nothing, so shorter ones are filled up with them. Needs the processor's instruction.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Of(Vector128<ulong> first, Vector128<ulong> second, int secondLength)
    {
        // 64 by 32 bits: the power stands in the high half, so that the product is bit-reversed in 128 bits. A register is the text
        // times x^32, hence the four extra bytes.
        var sum = Pclmulqdq.CarrylessMultiply(first, Vector128.CreateScalarUnsafe((ulong)Power(secondLength + 4) << 32), 0x00)
            ^ Pclmulqdq.CarrylessMultiply(second, Vector128.Create((ulong)Past12 << 32, (ulong)Past4 << 32), 0x00)
            ^ Pclmulqdq.CarrylessMultiply(second, Vector128.Create((ulong)Past12 << 32, (ulong)Past4 << 32), 0x11);

        // The product has at most 96 bits: the 32 highest powers are folded onto the 64 lowest.
        var high = sum >>> 32;
        return Reduce(Sse2.ShiftRightLogical128BitLane(sum, 8) ^ Pclmulqdq.CarrylessMultiply(high, Vector128.CreateScalar((ulong)Past8), 0x00));
    }

    /// <summary>A register times x.</summary>
    internal static uint TimesX(uint register) => (register >> 1) ^ (0u - (register & 1) & Crc32.Polynomial);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Power(int bytes)
    {
        Debug.Assert((uint)bytes <= BytesMax, "The table ends before this text does.");
        return Unsafe.Add(ref Powers, bytes);
    }

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
