using System.Runtime.InteropServices;

namespace Parallax.Journal.Framing;

/// <summary>The 40 bytes before every payload, in tape and journal alike. Little-endian. See docs/concepts/records.md.</summary>
/// <remarks>
/// <see cref="Flags"/>, <see cref="Subject"/> and <see cref="Tag"/> belong to the kind of record: framing carries them and gives them
/// no meaning. They sit in the header so that the records that matter for speed (book deltas) need no payload prefix of their own.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public struct RecordHeader
{
    public const int Size = 40;

    /// <summary>Whole record in bytes, this header and padding included; a multiple of 8.</summary>
    public uint Length;

    /// <summary>What the payload is; see <see cref="RecordKinds"/>. Never zero.</summary>
    public byte Kind;

    public byte Flags;

    /// <summary>What the record is about, usually the instrument's number in this file.</summary>
    public ushort Subject;

    /// <summary>1 for the first record of a file (of the first segment of a journal), then one more each.</summary>
    public ulong Sequence;

    /// <summary>When the venue says it happened, UTC nanoseconds.</summary>
    public long VenueTime;

    /// <summary>When we were told, UTC nanoseconds. Never decreases within a file.</summary>
    public long ReceivedTime;

    /// <summary>CRC-32C of the whole record with these four bytes as zero.</summary>
    public uint Checksum;

    public uint Tag;
}
