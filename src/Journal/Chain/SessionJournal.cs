using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Chain;

/// <summary>A journal that goes on from session to session, and the hash that this session alone would have in a journal of its own.</summary>
/// <remarks>
/// The chain's hash covers everything before, so it cannot say whether one session was replayed to the byte. The session's hash can: it
/// is the <see cref="JournalWriter.ChainHash"/> of a fresh journal that was given the same records (docs/decisions/0008). One thread.
/// </remarks>
public sealed class SessionJournal : IRecordSink, IFlushed, IDisposable
{
    private readonly JournalWriter _journal;
    private readonly JournalWriter _session = JournalWriter.HashOnly();
    private bool _hasUnwritten;
    private bool _hasUnsynced;

    /// <param name="journal">Written with the default <see cref="JournalOptions"/>; closed by this.</param>
    /// <param name="room">What is asked when the disk is full; <see langword="null"/> where a full disk ends the session.</param>
    public SessionJournal(JournalWriter journal, DiskRoom? room = null) => (_journal, Room) = (journal, room);

    /// <summary>Whether there is room for more; <see langword="null"/> where nobody asks.</summary>
    public DiskRoom? Room { get; }

    /// <summary>Of the last record of the whole journal.</summary>
    public ulong Sequence => _journal.Sequence;

    /// <summary>Of the last record of the whole journal, UTC nanoseconds; zero before the first.</summary>
    public long ReceivedTime => _journal.ReceivedTime;

    /// <summary>64 lower-case hexadecimal digits. Covers the whole session once <see cref="Close"/> returned.</summary>
    public string SessionHash => _session.ChainHash;

    /// <exception cref="ArgumentException">As <see cref="JournalWriter.Append"/>.</exception>
    /// <exception cref="UnwritableFileException">Disk full or another trouble; the record was not taken.</exception>
    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        _journal.Append(header, payload);
        _session.Append(header, payload);
        _hasUnwritten = _hasUnsynced = true;
    }

    /// <summary>Costs nothing when everything is as far already as <paramref name="policy"/> asks.</summary>
    /// <exception cref="UnwritableFileException">Disk full or another trouble; what was appended is kept for the next try.</exception>
    public void Flush(FlushPolicy policy)
    {
        if (policy == FlushPolicy.Disk ? _hasUnsynced : _hasUnwritten)
        {
            _journal.Flush(policy);
            _hasUnwritten = false;
            _hasUnsynced &= policy != FlushPolicy.Disk;
        }
    }

    /// <summary>As <see cref="Flush"/>, for whoever goes on when the disk is full.</summary>
    /// <returns>False when the disk is full: nothing that was appended since the last flush counts as flushed.</returns>
    /// <exception cref="UnwritableFileException">Another trouble, or any where there is no <see cref="Room"/> to ask.</exception>
    public bool TryFlush(FlushPolicy policy)
    {
        if (Room is not null)
        {
            return Room.TryFlush(this, policy);
        }

        Flush(policy);
        return true;
    }

    /// <summary>Seals, flushes to the disk and lets go of the journal.</summary>
    /// <exception cref="UnwritableFileException">As <see cref="JournalWriter.Close"/>.</exception>
    public void Close()
    {
        _journal.Close();
        _session.Close();
    }

    public void Dispose()
    {
        _session.Dispose();
        _journal.Dispose();
    }
}
