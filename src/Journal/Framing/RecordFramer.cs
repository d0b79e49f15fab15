using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parallax.Domain;

namespace Parallax.Journal.Framing;

/// <summary>Turns header and payload into the bytes of a record, and says whether bytes are a sound record.</summary>
/// <remarks>Allocates nothing but the text of an exception.</remarks>
public static class RecordFramer
{
    /// <summary>A whole record in bytes, at the most: 16 MiB, header included.</summary>
    public const int RecordSizeMax = 16 << 20;

    public const int PayloadSizeMax = RecordSizeMax - RecordHeader.Size;

    /// <summary>The whole record in bytes for a payload of so many: header, payload, padding to a multiple of 8.</summary>
    /// <exception cref="ArgumentException">The payload is larger than <see cref="PayloadSizeMax"/>.</exception>
    public static int RecordSize(int payloadSize)
    {
        if ((uint)payloadSize > PayloadSizeMax)
        {
            throw new ArgumentException($"A payload holds {PayloadSizeMax} bytes at the most; found {payloadSize}.", nameof(payloadSize));
        }

        return RecordHeader.Size + ((payloadSize + 7) & ~7);
    }

    /// <summary>Writes one record at the start of <paramref name="target"/>: length, sequence and checksum are set here.</summary>
    /// <param name="target">At least <see cref="RecordSize"/> of the payload's length.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> target, in RecordHeader header, ReadOnlySpan<byte> payload, ulong sequence)
    {
        var size = RecordSize(payload.Length);
        target = target[..size];
        ref var written = ref Unsafe.As<byte, RecordHeader>(ref MemoryMarshal.GetReference(target));
        written = header;
        written.Length = (uint)size;
        written.Sequence = sequence;
        payload.CopyTo(target[RecordHeader.Size..]);
        target[(RecordHeader.Size + payload.Length)..].Clear();
        written.Checksum = RecordChecksum.OfRecord(in target[0], (nuint)size);
        return size;
    }

    /// <summary>Whether the bytes begin with a complete record whose length and checksum hold.</summary>
    public static bool IsSound(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= RecordHeader.Size
        && IsLength(new Record(bytes).Header.Length, bytes.Length)
        && RecordChecksum.OfRecord(in bytes[0], new Record(bytes).Header.Length) == new Record(bytes).Header.Checksum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsLength(uint length, long available) =>
        length - RecordHeader.Size <= PayloadSizeMax && (length & 7) == 0 && length <= available;

    /// <summary>What every file of records asks of the next one.</summary>
    /// <param name="lastKind">The last kind that belongs into this sort of file.</param>
    /// <exception cref="ArgumentException">The kind does not belong here, or the received time goes back.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void RequireNext(in RecordHeader header, byte lastKind, ulong sequenceBefore, long receivedTimeBefore)
    {
        if ((byte)(header.Kind - 1) >= lastKind || header.ReceivedTime < receivedTimeBefore)
        {
            Refuse(header, lastKind, sequenceBefore, receivedTimeBefore);
        }
    }

    private static void Refuse(in RecordHeader header, byte lastKind, ulong sequenceBefore, long receivedTimeBefore)
    {
        if (header.ReceivedTime >= receivedTimeBefore)
        {
            throw new ArgumentException($"A record of kind {header.Kind} does not belong into this file, which takes kinds 1 to {lastKind}.");
        }

        throw new ArgumentException(sequenceBefore == 0
            ? $"A received time is 1970 or later; found {new UtcNanos(header.ReceivedTime)}."
            : $"Received times never go back: {new UtcNanos(header.ReceivedTime)} comes after {new UtcNanos(receivedTimeBefore)} of record {sequenceBefore}.");
    }
}
