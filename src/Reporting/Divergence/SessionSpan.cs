using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;

namespace Parallax.Reporting.Divergence;

/// <summary>Where one session stands in a journal that holds several.</summary>
/// <param name="Session">Its number, from 1.</param>
/// <param name="Mode"><c>paper</c>, <c>demo</c>, <c>live</c>.</param>
/// <param name="First">Sequence of its first record.</param>
/// <param name="Last">Sequence of its last record that the tape reaches.</param>
/// <param name="HasEnded">Whether it ended in order. One that was cut off by a crash left journal and tape of unequal length.</param>
public sealed record SessionSpan(int Session, string Mode, ulong First, ulong Last, bool HasEnded)
{
    /// <summary>Finds a session by its number and the time its tape covers, UTC nanoseconds.</summary>
    /// <remarks>
    /// A session writes before its start is written (instruments, what it took over), so its beginning is known by time; and a session
    /// that crashed has no last record of its own, so the tape's end is its end.
    /// </remarks>
    /// <returns><see langword="null"/> when the journal holds no such session.</returns>
    /// <exception cref="MalformedRecordException">A record is not what its kind promises.</exception>
    public static SessionSpan? Find(JournalReader journal, int session, long firstTime, long lastTime)
    {
        SessionSpan? found = null;
        var first = 0UL;
        while (journal.TryRead(out var record))
        {
            ref readonly var header = ref record.Header;
            var kind = (DecisionKind)header.Kind;
            if (found is not null && (found.HasEnded || header.ReceivedTime > lastTime || kind == DecisionKind.SessionStarted))
            {
                break;
            }

            first = first == 0 && header.ReceivedTime >= firstTime ? header.Sequence : first;
            found = found is null ? null : found with { Last = header.Sequence };
            switch (kind)
            {
                case DecisionKind.SessionStarted:
                    var reader = new PayloadReader(record.Payload);
                    var started = SessionStarted.Read(ref reader);
                    if (started.Number == session)
                    {
                        found = new SessionSpan(session, started.Mode, first == 0 ? header.Sequence : first, header.Sequence, false);
                    }

                    break;
                case DecisionKind.SessionEnded:
                    found = found is null ? null : found with { HasEnded = true };
                    first = 0;
                    break;
            }
        }

        return found;
    }
}
