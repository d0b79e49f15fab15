using Parallax.Journal.Files;

namespace Parallax.Journal.Tapes;

/// <summary>A tape mapped for reading, as long as it was when opened.</summary>
public sealed class TapeFile : IDisposable
{
    private readonly MappedRecords _records;

    private TapeFile(MappedRecords records) => _records = records;

    /// <summary>The version of the format that this program writes, and the latest it reads.</summary>
    public static uint FormatVersion => RecordFileHeader.Version;

    public string Path => _records.Path;

    /// <summary>In bytes.</summary>
    public long Size => _records.Size;

    /// <summary>What a crash left at the end. Known once a cursor or <see cref="Check"/> got there; <see langword="null"/> before, and without one.</summary>
    public TornTail? TornTail => _records.TornTail;

    /// <exception cref="UnreadableFileException">Missing, a folder, forbidden, empty, not a tape, or of a newer version.</exception>
    /// <exception cref="DamagedFileException">The file header is not intact.</exception>
    public static TapeFile Open(string path) => new(MappedRecords.Open(path, RecordFileHeader.Tape));

    /// <summary>A new cursor before the first record. Any number may read at a time.</summary>
    public RecordCursor Cursor() => CursorAt(new RecordPosition(RecordFileHeader.Size, 0, 0));

    /// <summary>A new cursor at a position that an earlier one of this tape gave.</summary>
    public RecordCursor CursorAt(RecordPosition position) => new(_records, position);

    /// <summary>Reads and verifies everything.</summary>
    /// <param name="progress">Told the fraction done, 0 to 1, every 64 MiB or so.</param>
    /// <returns>What was found; damage is part of the report, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public TapeReport Check(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        const long Stride = 64 << 20;
        var cursor = Cursor();
        var next = Stride;
        long? first = null;
        DamagedFileException? damage = null;
        try
        {
            while (cursor.TryRead(out var record))
            {
                first ??= record.Header.ReceivedTime;
                if (cursor.Position.Offset >= next)
                {
                    cancellation.ThrowIfCancellationRequested();
                    progress?.Report((double)cursor.Position.Offset / Size);
                    next += Stride;
                }
            }
        }
        catch (DamagedFileException found)
        {
            damage = found;
        }

        var end = cursor.Position;
        return new TapeReport
        {
            Path = Path,
            Size = Size,
            Records = end.Sequence,
            FirstReceivedTime = first,
            LastReceivedTime = first is null ? null : end.ReceivedTime,
            SoundSize = end.Offset,
            TornTail = damage is null ? TornTail : null,
            Damage = damage,
        };
    }

    /// <summary>Cuts a torn tail off a tape that nobody has open.</summary>
    /// <returns>What was cut; <see langword="null"/> when the tape ends with a whole record and was left alone.</returns>
    /// <exception cref="DamagedFileException">The tape is damaged before its tail; nothing was cut.</exception>
    /// <exception cref="UnwritableFileException">The file may not be written.</exception>
    public static TornTail? CutTornTail(string path)
    {
        TornTail? torn;
        using (var tape = Open(path))
        {
            var cursor = tape.Cursor();
            while (cursor.TryRead(out _))
            {
            }

            torn = tape.TornTail;
        }

        if (torn is not null)
        {
            using var file = AppendFile.Continue(path, torn.Offset);
            file.FlushToDisk();
        }

        return torn;
    }

    public void Dispose() => _records.Dispose();
}
