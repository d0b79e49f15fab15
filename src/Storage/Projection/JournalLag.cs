using Parallax.Journal.Chain;

namespace Parallax.Storage.Projection;

/// <summary>Counts what the journal holds beyond the tables, by reading ahead with a follower of its own. Keeps nothing of what it reads.</summary>
internal sealed class JournalLag(string folder) : IDisposable
{
    /// <summary>Records it looks at in one go.</summary>
    private const int StrideRecords = 20_000;

    private JournalFollower? _scout;

    public void Advance(JournalPlace? from)
    {
        try
        {
            _scout ??= JournalFollower.Open(folder, from);
            for (var i = 0; i < StrideRecords && _scout.TryRead(out _); i++)
            {
            }
        }
        catch (IOException)
        {
            // A journal that cannot be read is the projector's to report.
            Forget();
        }
    }

    public long Records(long sequence) => _scout is null ? 0 : Math.Max(0, (long)_scout.Sequence - sequence);

    public long Nanos(long time) => _scout is null || time == 0 ? 0 : Math.Max(0, _scout.ReceivedTime - time);

    public void Forget()
    {
        _scout?.Dispose();
        _scout = null;
    }

    public void Dispose() => Forget();
}
