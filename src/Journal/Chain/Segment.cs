using System.Buffers.Binary;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Chain;

/// <summary>One segment mapped for reading, its opening found to continue the chain.</summary>
internal sealed class Segment : IDisposable
{
    private readonly MappedRecords _records;

    private Segment(MappedRecords records, ChainPosition before, RecordCursor first)
    {
        _records = records;
        Number = before.Segment + 1;
        PreviousHash = before.Hash;
        First = first;
    }

    public int Number { get; }

    /// <summary>The last seal of the segment before; 32 zero bytes in the first.</summary>
    public byte[] PreviousHash { get; }

    public string Path => _records.Path;

    public long Size => _records.Size;

    public TornTail? TornTail => _records.TornTail;

    /// <summary>A cursor behind the opening.</summary>
    public RecordCursor First { get; }

    public ReadOnlySpan<byte> Bytes(long offset, int count) => _records.Bytes(offset, count);

    /// <param name="before">What it must continue; <see langword="null"/> takes the segment's own word, for one that is read alone.</param>
    /// <returns><see langword="null"/> when a crash left the segment before its opening was complete.</returns>
    /// <exception cref="UnreadableFileException">Missing, forbidden, not a segment, or newer.</exception>
    /// <exception cref="DamagedFileException">It does not continue the chain.</exception>
    public static Segment? Open(SegmentFile file, ChainPosition? before)
    {
        if (before is not null)
        {
            RequireNext(file, before);
        }

        if (IsTornStart(file.Path))
        {
            return null;
        }

        return Opened(MappedRecords.Open(file.Path, RecordFileHeader.JournalSegment), before);
    }

    /// <summary>The first and only segment of a journal on a <see cref="IJournalDisk"/>.</summary>
    /// <returns>As <see cref="Open(SegmentFile, ChainPosition?)"/>.</returns>
    /// <exception cref="RecordFileException">As <see cref="Open(SegmentFile, ChainPosition?)"/>.</exception>
    public static Segment? Open(ReadOnlyMemory<byte> bytes) => bytes.Length < RecordFileHeader.Size + ChainRecord.OpeningSize
        ? null
        : Opened(MappedRecords.Over(SegmentFile.Name(1), RecordFileHeader.JournalSegment, bytes), ChainPosition.Start);

    private static Segment? Opened(MappedRecords records, ChainPosition? before)
    {
        try
        {
            return Open(records, before);
        }
        catch
        {
            records.Dispose();
            throw;
        }
    }

    /// <exception cref="DamagedFileException">The file's name says that a segment before it is missing.</exception>
    public static void RequireNext(SegmentFile file, ChainPosition before)
    {
        if (file.Number != before.Segment + 1)
        {
            var missing = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file.Path) ?? "", SegmentFile.Name(before.Segment + 1));
            throw new DamagedFileException(missing, 0, before.Sequence + 1, $"the segment is missing, {System.IO.Path.GetFileName(file.Path)} is the next one there");
        }
    }

    /// <summary>The report for a segment that <see cref="Open(SegmentFile, ChainPosition?)"/> found without a complete opening.</summary>
    public static TornTail TornStart(string path, ChainPosition before) =>
        new(path, 0, new FileInfo(path).Length, before.Sequence + 1, "the segment ends before its opening is complete");

    /// <summary>For a segment that is not the last and yet does not end with a seal.</summary>
    public static DamagedFileException CutShort(string path, long offset, ulong sequence) =>
        new(path, offset, sequence, "the segment does not end with a seal although another one follows");

    public void Dispose() => _records.Dispose();

    private static Segment? Open(MappedRecords records, ChainPosition? before)
    {
        before ??= OwnWord(records);
        var cursor = new RecordCursor(records, new RecordPosition(RecordFileHeader.Size, before.Sequence, before.ReceivedTime));
        if (!cursor.TryRead(out var opening))
        {
            // Only a file too short for its opening can be the work of a crash; a longer one holds what must not be thrown away.
            if (records.Size >= RecordFileHeader.Size + ChainRecord.OpeningSize)
            {
                throw new DamagedFileException(records.Path, RecordFileHeader.Size, before.Sequence + 1, "no sound segment opening stands there");
            }

            records.Dispose();
            return null;
        }

        Span<byte> expected = stackalloc byte[ChainRecord.OpeningSize];
        ChainRecord.WriteOpening(expected, before.Sequence + 1, before.ReceivedTime, before.Segment + 1, before.Hash);
        return opening.Bytes.SequenceEqual(expected)
            ? new Segment(records, before, cursor)
            : throw new DamagedFileException(records.Path, RecordFileHeader.Size, before.Sequence + 1, Mismatch(opening, before));
    }

    private static string Mismatch(Record opening, ChainPosition before)
    {
        if (opening.Header.Kind != ChainRecord.Opening || opening.Bytes.Length != ChainRecord.OpeningSize)
        {
            return "a segment opening should stand there";
        }

        var number = BinaryPrimitives.ReadInt64LittleEndian(opening.Payload);
        return number != before.Segment + 1 ? $"it opens segment {number}, segment {before.Segment + 1} should stand there"
            : opening.Payload[8..].SequenceEqual(before.Hash) ? "its opening is not what was written"
            : $"it continues the chain hash {Convert.ToHexStringLower(opening.Payload[8..])}, the segment before ends in {Convert.ToHexStringLower(before.Hash)}";
    }

    /// <summary>What the opening itself says it continues; the start when there is no sound opening (which is then found out).</summary>
    private static ChainPosition OwnWord(MappedRecords records)
    {
        if (records.Size >= RecordFileHeader.Size + ChainRecord.OpeningSize)
        {
            var opening = new Record(records.Bytes(RecordFileHeader.Size, ChainRecord.OpeningSize));
            var number = BinaryPrimitives.ReadInt64LittleEndian(opening.Payload);
            if (RecordFramer.IsSound(opening.Bytes) && number is > 1 and <= int.MaxValue)
            {
                return new((int)number - 1, opening.Header.Sequence - 1, opening.Header.ReceivedTime, opening.Payload[8..].ToArray());
            }
        }

        return ChainPosition.Start;
    }

    /// <summary>Whether the file ends inside the file header, and is right so far: its creation was cut short.</summary>
    private static bool IsTornStart(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> start = stackalloc byte[RecordFileHeader.Size];
            var count = RandomAccess.Read(file, start, 0);
            return count < RecordFileHeader.Size && RecordFileHeader.JournalSegment.Bytes.StartsWith(start[..count]);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Opening it for good says why.
            return false;
        }
    }
}
