using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Parallax.Journal.Framing;

/// <summary>CRC-32C (Castagnoli: reflected 0x82F63B78, all ones before and after), as iSCSI and ext4 use it.</summary>
/// <remarks>
/// <see cref="BitOperations.Crc32C(uint, ulong)"/> is one instruction on x86-64 and Arm64 and a table elsewhere. Its latency of three
/// cycles per 8 bytes hides behind the neighbors: consecutive records do not depend on each other. Allocates nothing.
/// </remarks>
public static class RecordChecksum
{
    /// <summary>The checksum of any bytes: 0xE3069283 for the ASCII digits 1 to 9.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var state = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (var rest in bytes[(bytes.Length & ~7)..])
        {
            state = BitOperations.Crc32C(state, rest);
        }

        return ~state;
    }

    /// <summary>The checksum of a whole record whose checksum field counts as zero, whatever it holds.</summary>
    /// <param name="length">A multiple of 8, at least <see cref="RecordHeader.Size"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint OfRecord(ref readonly byte record, nuint length)
    {
        ref var at = ref Unsafe.AsRef(in record);
        var state = BitOperations.Crc32C(uint.MaxValue, Word(ref at, 0));
        state = BitOperations.Crc32C(state, Word(ref at, 8));
        state = BitOperations.Crc32C(state, Word(ref at, 16));
        state = BitOperations.Crc32C(state, Word(ref at, 24));
        // The checksum is the lower half of this word; the tag above it is covered.
        state = BitOperations.Crc32C(state, Word(ref at, 32) & 0xFFFF_FFFF_0000_0000);
        for (nuint offset = RecordHeader.Size; offset < length; offset += 8)
        {
            state = BitOperations.Crc32C(state, Word(ref at, offset));
        }

        return ~state;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte start, nuint offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref start, offset));
}
