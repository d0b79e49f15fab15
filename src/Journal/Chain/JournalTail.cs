using System.Security.Cryptography;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Chain;

/// <summary>Where a writer goes on: the end of the last segment, verified.</summary>
internal sealed class JournalTail
{
    public static readonly JournalTail None = new() { Position = ChainPosition.Start };

    private string? _segmentPath;
    private ReadOnlyMemory<byte> _bytes;
    private string? _stillborn;

    /// <summary>The segment to go on in (zero: none yet) and the chain at its end.</summary>
    public required ChainPosition Position { get; init; }

    /// <summary>Sound bytes of the segment.</summary>
    public long SegmentSize { get; private init; }

    /// <summary>Offset behind the last seal.</summary>
    public long BlockStart { get; private init; }

    public int BlockRecords { get; private init; }

    public TornTail? TornTail { get; private init; }

    /// <exception cref="RecordFileException">The journal is damaged or no journal.</exception>
    public static JournalTail Of(string folder)
    {
        var files = SegmentFile.In(folder);
        if (files.Length == 0)
        {
            return None;
        }

        RequireNoGap(files);
        var last = files[^1];
        var before = files.Length == 1 ? ChainPosition.Start : EndOf(files[^2]);
        using var segment = Segment.Open(last, before);
        if (segment is not null)
        {
            return Of(segment, last.Path, default);
        }

        // Its creation was cut short: it goes, and the writer goes on at the end of the one before, where it will begin it anew.
        var end = files.Length == 1 ? 0 : new FileInfo(files[^2].Path).Length;
        return new JournalTail
        {
            _segmentPath = files.Length == 1 ? null : files[^2].Path,
            _stillborn = last.Path,
            Position = before,
            SegmentSize = end,
            BlockStart = end,
            TornTail = Segment.TornStart(last.Path, before),
        };
    }

    /// <exception cref="RecordFileException">The journal is damaged or no journal.</exception>
    public static JournalTail Of(ReadOnlyMemory<byte> bytes)
    {
        using var segment = Segment.Open(bytes);
        return segment is null ? None : Of(segment, null, bytes);
    }

    /// <summary>A folder without segments, those that stand there deleted where that is allowed.</summary>
    /// <exception cref="UnwritableFileException">There are some and they stay.</exception>
    public static JournalTail Cleared(string folder, bool overwrite)
    {
        var files = SegmentFile.In(folder);
        if (files.Length > 0 && !overwrite)
        {
            throw new UnwritableFileException(folder, $"{folder} holds a journal already, which is not overwritten.");
        }

        // Last first: whatever stops this leaves a journal that is shorter but whole.
        foreach (var file in files.Reverse())
        {
            Delete(file.Path);
        }

        return None;
    }

    /// <summary>Cuts what is torn and opens the segment for appending.</summary>
    /// <returns><see langword="null"/> when there is no segment yet.</returns>
    /// <exception cref="UnwritableFileException">The file may not be written.</exception>
    public AppendFile? Cut()
    {
        if (_stillborn is not null)
        {
            Delete(_stillborn);
        }

        return _segmentPath is null ? null : AppendFile.Continue(_segmentPath, SegmentSize);
    }

    /// <summary>Gives the bytes behind the last seal to the hash of the block that goes on.</summary>
    public void FeedUnsealed(IncrementalHash block)
    {
        if (BlockStart == SegmentSize)
        {
            return;
        }

        if (_segmentPath is null)
        {
            block.AppendData(_bytes.Span[(int)BlockStart..(int)SegmentSize]);
            return;
        }

        using var segment = MappedRecords.Open(_segmentPath, RecordFileHeader.JournalSegment);
        const int ChunkSize = 4 << 20;
        for (var at = BlockStart; at < SegmentSize; at += ChunkSize)
        {
            block.AppendData(segment.Bytes(at, (int)Math.Min(ChunkSize, SegmentSize - at)));
        }
    }

    private static JournalTail Of(Segment segment, string? path, ReadOnlyMemory<byte> bytes)
    {
        using var verifier = new ChainVerifier();
        verifier.Verify(segment);
        return new JournalTail
        {
            _segmentPath = path,
            _bytes = bytes,
            Position = verifier.Position(segment.Number),
            SegmentSize = verifier.End.Offset,
            BlockStart = verifier.BlockStart,
            BlockRecords = verifier.BlockRecords,
            TornTail = segment.TornTail,
        };
    }

    private static void RequireNoGap(SegmentFile[] files)
    {
        for (var i = 0; i < files.Length; i++)
        {
            if (files[i].Number != i + 1)
            {
                Segment.RequireNext(files[i], i == 0 ? ChainPosition.Start : EndOf(files[i - 1]));
            }
        }
    }

    /// <summary>The end of a segment that another follows, from its final seal alone.</summary>
    private static ChainPosition EndOf(SegmentFile file)
    {
        using var records = MappedRecords.Open(file.Path, RecordFileHeader.JournalSegment);
        var offset = records.Size - ChainRecord.SealSize;
        if (offset > RecordFileHeader.Size)
        {
            var seal = new Record(records.Bytes(offset, ChainRecord.SealSize));
            if (RecordFramer.IsSound(seal.Bytes) && seal.Header.Length == ChainRecord.SealSize && seal.Header.Kind == ChainRecord.Seal)
            {
                return new(file.Number, seal.Header.Sequence, seal.Header.ReceivedTime, seal.Payload.ToArray());
            }
        }

        throw Segment.CutShort(file.Path, Math.Max(offset, 0), 0);
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UnwritableFileException(path, FileTrouble.Writing(path, wrong), wrong);
        }
    }
}
