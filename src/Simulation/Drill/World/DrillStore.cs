using Parallax.Domain;

namespace Parallax.Simulation.Drill.World;

/// <summary>The database that follows the journal: rows and position in one commit, which may be slow, fail, or have happened although nobody said so.</summary>
/// <remarks>A model of what Storage does (docs/concepts/store.md); a journal that lost what was projected already is another journal, and its tables are made again.</remarks>
public sealed class DrillStore : IDisposable
{
    private const long PollNanos = 250 * UtcNanos.PerMillisecond;
    private const int BatchBytesMax = 64 << 10;

    private readonly DrillWorld _world;
    private readonly Action _poll;
    private readonly LentBytes _rows = new();
    private int _rewritten;

    public DrillStore(DrillWorld world)
    {
        (_world, _poll) = (world, Poll);
        world.Agenda.After(PollNanos, _poll);
    }

    /// <summary>It cannot be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>How long a commit takes, nanoseconds.</summary>
    public long CommitNanos { get; set; }

    /// <summary>Commits happen, and the word of it is lost: the next batch begins at the position all the same.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>How often its tables were made again.</summary>
    public int Rebuilt { get; private set; }

    /// <summary>The journal's bytes that stand in its rows.</summary>
    public ReadOnlySpan<byte> Rows => _rows.Span;

    /// <summary>What the journal holds beyond the rows, bytes.</summary>
    public int Behind => _world.Disk.Bytes.Length - _rows.Size;

    /// <summary>Takes everything that is there now, at once.</summary>
    public void CatchUp()
    {
        while (TakeBatch())
        {
        }
    }

    public void Dispose() => _rows.Dispose();

    private void Poll()
    {
        if (!IsAway && CommitNanos == 0)
        {
            TakeBatch();
        }

        if (!IsAway && CommitNanos > 0)
        {
            _world.Agenda.After(CommitNanos, () =>
            {
                // The connection may have gone while it was written: then there is neither row nor position.
                if (!IsAway)
                {
                    TakeBatch();
                }

                _world.Agenda.After(LosesAnswers ? CommitNanos : PollNanos, _poll);
            });
            return;
        }

        _world.Agenda.After(PollNanos, _poll);
    }

    /// <summary>Rows and position, or neither.</summary>
    private bool TakeBatch()
    {
        var journal = _world.Disk.Bytes.Span;
        if (journal.Length < JournalBytes.FileHeaderSize)
        {
            return false;
        }

        if (_rewritten != _world.Disk.Rewritten)
        {
            _rewritten = _world.Disk.Rewritten;
            if (!journal.StartsWith(Rows))
            {
                Rebuilt++;
                _rows.CutTo(0);
            }
        }

        var records = new JournalBytes(journal[..Math.Min(journal.Length, _rows.Size + BatchBytesMax)], Math.Max(_rows.Size, JournalBytes.FileHeaderSize));
        while (records.TryNext(out _))
        {
        }

        if (records.Offset <= _rows.Size)
        {
            return false;
        }

        _rows.Add(journal[_rows.Size..records.Offset]);
        return true;
    }
}
