using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Chain;

/// <summary>Reads the records of a journal in order, across its segments, as far as they reached when each was opened.</summary>
/// <remarks>
/// Verifies every record and that each segment continues the one before; recomputing the seals is <see cref="JournalCheck"/>'s work.
/// One thread. A record is a view into the mapped segment, good until the next read. Allocates only when it enters a segment.
/// </remarks>
public sealed class JournalReader : IDisposable
{
    private readonly SegmentFile[] _files;
    private readonly bool _isAlone;
    private readonly byte[] _hash = new byte[ChainRecord.HashSize];
    private RecordCursor _cursor;
    private Segment? _segment;
    private byte _lastKind = ChainRecord.Seal;
    private int _entered;

    private JournalReader(string path)
    {
        Path = path;
        _files = SegmentFile.Find(path);
        _isAlone = File.Exists(path);
        Enter();
    }

    public string Path { get; }

    /// <summary>The file being read.</summary>
    public string SegmentPath => _files[_entered - 1].Path;

    /// <summary>What a crash left at the end of the last segment; known when <see cref="TryRead"/> has returned <see langword="false"/>.</summary>
    public TornTail? TornTail { get; private set; }

    /// <param name="path">A journal's folder, or one segment.</param>
    /// <exception cref="UnreadableFileException">Missing, forbidden, no journal, or of a newer version.</exception>
    /// <exception cref="DamagedFileException">The first segment does not begin as a journal does.</exception>
    public static JournalReader Open(string path) => new(path);

    /// <summary>The next record; openings and seals are passed over.</summary>
    /// <returns><see langword="false"/> at the end of the journal or where its torn tail begins.</returns>
    /// <exception cref="DamagedFileException">What stands there is not what was written.</exception>
    public bool TryRead(out Record record)
    {
        while (true)
        {
            if (_segment is not null && _cursor.TryRead(out record))
            {
                _lastKind = record.Header.Kind;
                if (_lastKind < RecordKinds.ChainFirst)
                {
                    return true;
                }

                TakeSeal(record);
            }
            else if (!TryEnterNext())
            {
                record = default;
                return false;
            }
        }
    }

    public void Dispose() => _segment?.Dispose();

    private bool TryEnterNext()
    {
        if (_segment is not { } segment)
        {
            return false;
        }

        if (_entered == _files.Length)
        {
            TornTail = segment.TornTail;
            return false;
        }

        if (segment.TornTail is not null || _lastKind != ChainRecord.Seal)
        {
            throw Segment.CutShort(segment.Path, _cursor.Position.Offset, _cursor.Position.Sequence + 1);
        }

        Enter();
        return true;
    }

    private void Enter()
    {
        var end = _cursor.IsOpen ? _cursor.Position : default;
        var before = new ChainPosition(_segment?.Number ?? 0, end.Sequence, end.ReceivedTime, [.. _hash]);
        var file = _files[_entered];
        var next = Segment.Open(file, _isAlone ? null : before);
        if (next is null)
        {
            TornTail = Segment.TornStart(file.Path, before);
            if (_entered + 1 < _files.Length)
            {
                throw Segment.CutShort(file.Path, TornTail.Offset, TornTail.Sequence);
            }
        }

        _segment?.Dispose();
        _segment = next;
        _entered++;
        _lastKind = ChainRecord.Opening;
        _cursor = next?.First ?? default;
    }

    private void TakeSeal(Record record)
    {
        if (record.Header.Kind != ChainRecord.Seal || record.Bytes.Length != ChainRecord.SealSize)
        {
            var at = _cursor.Position;
            throw new DamagedFileException(_segment!.Path, at.Offset - record.Bytes.Length, at.Sequence, $"a chain record of kind {record.Header.Kind} stands there that was not written by a journal");
        }

        record.Payload.CopyTo(_hash);
    }
}
