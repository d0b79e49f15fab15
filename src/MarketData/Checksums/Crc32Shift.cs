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
/// exclusive or. Here a register is held as a <em>remainder</em>: 64 bits that stand for it modulo P and are reduced to its 32 only at the
/// very end. All values are bit-reversed, as CRC-32 registers are: bit i of a remainder is the coefficient of x^(63-i).
/// <para>
/// The carry-less product of a remainder and a 32-bit factor in the high half of its word is bit-reversed in 127 bits, one short of 128;
/// the table holds x^(8n-1) instead of x^(8n) to make up for it. Folding and the reduction (Barrett's) are those of V. Gopal et al., "Fast
/// CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel, 2009.
/// </para>
/// <para>
/// Who uses it keeps it in a field: hot code that is compiled before a static was first touched would ask on every use whether it is there.
/// </para>
/// </remarks>
internal readonly struct Crc32Shift
{
    /// <summary>Texts up to this many bytes can be passed, or taken back: twenty levels of two 20-digit numbers.</summary>
    public const int BytesMax = 800;

    private const ulong Quotient = 0x1_F701_1641;
    private const ulong Generator = 0x1_DB71_0641;

    /// <summary>x^(8n-1) for n of 4, 8 and 12.</summary>
    private const uint Past4 = 0x0000_0001, Past8 = 0xB8BC_6765, Past12 = 0xCCAA_009E;

    private readonly ulong[] _factors;

    private Crc32Shift(ulong[] factors) => _factors = factors;

    /// <summary>The one there is.</summary>
    public static Crc32Shift Shared { get; } = new(MakeFactors());

    /// <summary>What moves a remainder past no bytes; what moves it past n bytes stands n places on, what takes it back n bytes n before.</summary>
    public ref ulong Factors => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_factors), BytesMax);

    /// <summary>The remainder of a register.</summary>
    public static ulong Remainder(uint register) => (ulong)register << 32;

    /// <summary>A remainder times a factor: a sum of such products is folded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Times(ulong remainder, ulong factor) =>
        Multiply(Vector128.CreateScalar(remainder), Vector128.CreateScalar(factor));

    /// <summary>A remainder moved past some bytes; a negative count takes it back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<ulong> Past(ulong remainder, int byteCount)
    {
        Debug.Assert(byteCount is >= -BytesMax and <= BytesMax, "The table ends before this text does.");
        return Times(remainder, Unsafe.Add(ref Factors, byteCount));
    }

    /// <summary>The remainder that a sum of products stands for, in the lower element; the upper one is meaningless.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Fold(Vector128<ulong> sum)
    {
        // Of at most 96 bits the 32 highest powers are folded onto the 64 lowest, which stand in the upper element.
        var lowest = Sse2.IsSupported ? Sse2.ShiftRightLogical128BitLane(sum, 8) : Vector128.CreateScalar(sum.GetElement(1));
        return lowest ^ Multiply(sum >>> 32, Vector128.CreateScalar((ulong)Past8));
    }

    /// <summary>The register that a sum of products stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Reduce(Vector128<ulong> sum)
    {
        var remainder = Fold(sum);
        var low = Vector128.CreateScalar((ulong)uint.MaxValue);
        var quotient = Multiply(remainder & low, Vector128.CreateScalar(Quotient)) & low;
        return (remainder ^ Multiply(quotient, Vector128.CreateScalar(Generator))).AsUInt32().GetElement(1);
    }

    /// <summary>The remainder of two texts, from a register of zero: up to eight bytes, then up to sixteen; in the lower element.</summary>
    /// <param name="first">The last of its bytes is the highest of the lower element; the upper element is not read.</param>
    /// <param name="second">The last of its bytes is the highest of all.</param>
    /// <param name="secondLength">Bytes that the second text has.</param>
    /// <remarks>
    /// A register is the text times x^32, hence the four extra bytes. Zero bytes before a text change nothing, so shorter ones are filled up
    /// with them. Needs the processor's instruction.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<ulong> Of(Vector128<ulong> first, Vector128<ulong> second, int secondLength)
    {
        var past12And4 = Vector128.Create((ulong)Past12 << 32, (ulong)Past4 << 32);
        return Fold(
            Pclmulqdq.CarrylessMultiply(first, Vector128.CreateScalar(Unsafe.Add(ref Factors, secondLength + 4)), 0x00)
            ^ Pclmulqdq.CarrylessMultiply(second, past12And4, 0x00)
            ^ Pclmulqdq.CarrylessMultiply(second, past12And4, 0x11));
    }

    /// <summary>A register times x.</summary>
    internal static uint TimesX(uint register) => (register >> 1) ^ (0u - (register & 1) & Crc32.Polynomial);

    /// <summary>The product of the lower elements.</summary>
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

    private static ulong[] MakeFactors()
    {
        // x^(-1) is what times x gives x^0, the highest bit.
        const uint BeforeOne = 0xDB71_0641;
        var factors = new ulong[(2 * BytesMax) + 1];
        var (forward, back) = (BeforeOne, BeforeOne);
        for (var i = 0; i <= BytesMax; i++)
        {
            factors[BytesMax + i] = (ulong)forward << 32;
            factors[BytesMax - i] = (ulong)back << 32;
            for (var bit = 0; bit < 8; bit++)
            {
                forward = TimesX(forward);
                back = DividedByX(back);
            }
        }

        return factors;
    }

    private static uint DividedByX(uint register) =>
        (register & 0x8000_0000) != 0 ? ((register ^ Crc32.Polynomial) << 1) | 1 : register << 1;
}
