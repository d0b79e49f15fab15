using System.Text.Json;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;

namespace Parallax.Dashboard.Alerts;

/// <summary>Reads the journal for one channel and keeps how far it was told, in a file that outlives the session.</summary>
/// <remarks>
/// The journal is the queue of a channel that is down: it takes no memory, nothing is lost by a restart, and what was read but not kept is told
/// again rather than never.
/// </remarks>
internal sealed class AlertCursor : IDisposable
{
    /// <summary>Everyday records passed over before their place is kept: reading so many again takes a moment.</summary>
    private const int KeepAfter = 200_000;

    private readonly JournalFollower _journal;
    private readonly string _placeFile;
    private readonly Weight _weightMin;
    private int _unkept;

    /// <exception cref="RecordFileException">The journal is damaged or cannot be read.</exception>
    public AlertCursor(string journalFolder, string placeFile, Weight weightMin)
    {
        (_placeFile, _weightMin) = (placeFile, weightMin);
        var place = ReadPlace();
        IsFirst = place is null;
        try
        {
            _journal = JournalFollower.Open(journalFolder, place);
        }
        catch (OtherJournalException)
        {
            // The folder's journal was replaced: nothing of this one was told.
            (_journal, IsFirst) = (JournalFollower.Open(journalFolder), true);
        }
    }

    /// <summary>Nothing was told of this journal before: what is old in it is history, not news that came late.</summary>
    public bool IsFirst { get; }

    /// <summary>The next alert behind the last one read.</summary>
    /// <returns><see langword="false"/> when the journal holds none for now.</returns>
    /// <exception cref="RecordFileException">What stands there is not what was written.</exception>
    /// <exception cref="MalformedRecordException">A record cannot be understood.</exception>
    public bool TryNext(out Alert alert)
    {
        while (_journal.TryRead(out var record))
        {
            _unkept++;
            if (Notable.TryRead(record, out var notable) && notable.Weight >= _weightMin)
            {
                alert = new Alert(record.Header.Sequence, record.Header.ReceivedTime, notable);
                return true;
            }
        }

        alert = null!;
        return false;
    }

    /// <summary>All that was read is told.</summary>
    /// <exception cref="IOException">The place could not be kept; it may be told again.</exception>
    public void Keep()
    {
        if (_unkept > 0)
        {
            WholeFile.Write(_placeFile, JsonSerializer.Serialize(_journal.Place()), isPrivate: false);
            _unkept = 0;
        }
    }

    /// <summary>As <see cref="Keep"/>, when enough was read to be worth it.</summary>
    public void KeepNowAndThen()
    {
        if (_unkept >= KeepAfter)
        {
            Keep();
        }
    }

    public void Dispose() => _journal.Dispose();

    private JournalPlace? ReadPlace()
    {
        try
        {
            return JsonSerializer.Deserialize<JournalPlace>(File.ReadAllText(_placeFile));
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }
}
