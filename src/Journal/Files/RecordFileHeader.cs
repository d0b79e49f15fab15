using System.Buffers.Binary;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Files;

/// <summary>The first 64 bytes of a tape or of a journal segment. Constant: nothing of the machine or the moment is in it.</summary>
/// <remarks>
/// 0 magic (8), 8 format version (4), 12 flags (4), 16 zero (44), 60 CRC-32C of the 60 bytes before (4). Magic, version and their
/// places stay the same in every version, so that an older program can say what it found.
/// </remarks>
internal sealed class RecordFileHeader
{
    public const int Size = 64;
    public const uint Version = 1;

    public static readonly RecordFileHeader Tape = new("PLXTAPE\n"u8, "tape");
    public static readonly RecordFileHeader JournalSegment = new("PLXJRNL\n"u8, "journal segment");

    private readonly byte[] _bytes = new byte[Size];

    private RecordFileHeader(ReadOnlySpan<byte> magic, string noun)
    {
        Noun = noun;
        magic.CopyTo(_bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(60), RecordChecksum.Of(_bytes.AsSpan(0, 60)));
    }

    public string Noun { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <exception cref="UnreadableFileException">Another kind of file, a newer version, or cut off inside the header.</exception>
    /// <exception cref="DamagedFileException">Ours, but not intact.</exception>
    public void Require(string path, ReadOnlySpan<byte> start)
    {
        if (start.Length >= Size && start[..Size].SequenceEqual(_bytes))
        {
            return;
        }

        if (start.IsEmpty)
        {
            throw new UnreadableFileException(path, $"{path} is empty; expected a {Noun}.");
        }

        var magic = Math.Min(8, start.Length);
        if (!start[..magic].SequenceEqual(_bytes.AsSpan(0, magic)))
        {
            var other = ReferenceEquals(this, Tape) ? JournalSegment : Tape;
            var found = magic == 8 && start[..8].SequenceEqual(other._bytes.AsSpan(0, 8)) ? $"found a {other.Noun}" : $"its first bytes are {Convert.ToHexStringLower(start[..magic])}";
            throw new UnreadableFileException(path, $"{path} is not a {Noun}: {found}.");
        }

        if (start.Length < Size)
        {
            throw new UnreadableFileException(path, $"{path} is cut off inside its file header: {start.Length} of {Size} bytes.");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (version > Version)
        {
            throw new UnreadableFileException(path, $"{path} is a {Noun} of format version {version}; this program reads up to version {Version}: use a newer one.");
        }

        throw new DamagedFileException(path, 0, 0, "the 64 bytes of the file header are not what was written");
    }
}
