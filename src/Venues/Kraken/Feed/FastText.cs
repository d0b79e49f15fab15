using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>Compares the bytes of a frame by words. Nothing here looks where the frame ends: the caller has to.</summary>
internal static class FastText
{
    /// <summary>Bytes that one look at a number and what is around it takes.</summary>
    public const int Window = 64;

    /// <summary>From the comma before a timestamp to the quote that opens it.</summary>
    public const int TimeFieldLength = 14;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(ref byte text, int at, ReadOnlySpan<byte> eight) => Word(ref text, at) == Word(eight);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsTwo(ref byte text, int at, ReadOnlySpan<byte> two) => Two(ref text, at) == Two(two);

    /// <summary>Whether <c>,"timestamp":"</c> comes next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsTimeField(ref byte text, int at) => Is(ref text, at, ",\"timest"u8) && Is(ref text, at + 6, "stamp\":\""u8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(ref byte text, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(ReadOnlySpan<byte> eight) => Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(eight));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Two(ref byte text, int at) => Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref text, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Two(ReadOnlySpan<byte> two) => Unsafe.ReadUnaligned<ushort>(ref MemoryMarshal.GetReference(two));

    /// <summary>One bit for each of <see cref="Window"/> bytes, set where there is no digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OtherThanDigits(ref byte text)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.GreaterThan(Vector512.LoadUnsafe(ref text) - Vector512.Create((byte)'0'), Vector512.Create((byte)9))
                .ExtractMostSignificantBits();
        }

        var low = Vector256.GreaterThan(Vector256.LoadUnsafe(ref text) - Vector256.Create((byte)'0'), Vector256.Create((byte)9));
        var high = Vector256.GreaterThan(Vector256.LoadUnsafe(ref text, 32) - Vector256.Create((byte)'0'), Vector256.Create((byte)9));
        return low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
    }
}
