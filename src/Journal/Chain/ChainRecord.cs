using System.Buffers.Binary;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Chain;

/// <summary>The two kinds of record the journal adds itself. Every byte of them follows from the bytes before.</summary>
/// <remarks>
/// Both carry the received time of the record before them as both times (zero at the very start), and zero flags, subject and tag.
/// </remarks>
internal static class ChainRecord
{
    /// <summary>First record of a segment: segment number (4), zero (4), hash of the previous segment's last seal (32).</summary>
    public const byte Opening = RecordKinds.ChainFirst;

    /// <summary>Last record of a block: SHA-256 of the previous chain hash and all bytes since the previous seal (32).</summary>
    public const byte Seal = RecordKinds.ChainFirst + 1;

    public const int HashSize = 32;
    public const int OpeningSize = RecordHeader.Size + 8 + HashSize;
    public const int SealSize = RecordHeader.Size + HashSize;

    public static int WriteOpening(Span<byte> target, ulong sequence, long receivedTime, int segment, ReadOnlySpan<byte> previousHash)
    {
        Span<byte> payload = stackalloc byte[8 + HashSize];
        BinaryPrimitives.WriteInt64LittleEndian(payload, segment);
        previousHash.CopyTo(payload[8..]);
        return RecordFramer.Write(target, Header(Opening, receivedTime), payload, sequence);
    }

    public static int WriteSeal(Span<byte> target, ulong sequence, long receivedTime, ReadOnlySpan<byte> hash) =>
        RecordFramer.Write(target, Header(Seal, receivedTime), hash, sequence);

    private static RecordHeader Header(byte kind, long receivedTime) =>
        new() { Kind = kind, VenueTime = receivedTime, ReceivedTime = receivedTime };
}
