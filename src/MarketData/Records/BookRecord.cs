using System.Runtime.InteropServices;
using Parallax.Journal.Framing;

namespace Parallax.MarketData.Records;

/// <summary>Reads and writes book snapshots and deltas: nothing but the header and 16 bytes a level.</summary>
/// <remarks>
/// <see cref="RecordHeader.Subject"/> is the instrument. When <see cref="HasVenueChecksum"/> is set in the flags,
/// <see cref="RecordHeader.Tag"/> is the checksum the venue published for the book <em>after</em> this record; the engine's book
/// verifies it, live and in replay alike.
/// </remarks>
public static class BookRecord
{
    /// <summary>Flag: the tag holds the venue's checksum of the resulting book.</summary>
    public const byte HasVenueChecksum = 1;

    public static RecordHeader Header(byte kind, ushort instrument, long venueTime, long receivedTime) => new()
    {
        Kind = kind,
        Subject = instrument,
        VenueTime = venueTime,
        ReceivedTime = receivedTime,
    };

    public static RecordHeader Header(byte kind, ushort instrument, long venueTime, long receivedTime, uint venueChecksum)
    {
        var header = Header(kind, instrument, venueTime, receivedTime);
        header.Flags = HasVenueChecksum;
        header.Tag = venueChecksum;
        return header;
    }

    public static ReadOnlySpan<BookLevel> Levels(ReadOnlySpan<byte> payload) => MemoryMarshal.Cast<byte, BookLevel>(payload);

    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<BookLevel> levels) => MemoryMarshal.AsBytes(levels);
}
