using Parallax.Storage.Queries;
using Parallax.Storage.Tables;
using Parallax.Trading.Decisions;

namespace Parallax.Storage.Projection.Folds;

/// <summary>Sessions, and what people are told of them.</summary>
internal sealed class SessionFold(BatchTables tables)
{
    public void Take(in RecordPlace at, in SessionStarted started)
    {
        tables.Sessions.Put(at.Session, new SessionEntry(at.Session, at.Sequence, started.Mode, started.Settings, at.Time, null, null, null, null));
    }

    public void Take(in RecordPlace at, in SessionEnded ended)
    {
        if (tables.Sessions.Find(at.Session) is { } session)
        {
            tables.Sessions.Put(
                at.Session, session with { EndedTime = at.Time, Records = ended.Records, Opportunities = ended.Opportunities, Plans = ended.Plans });
        }
    }

    public void Note(in RecordPlace at, Notable notable) =>
        tables.Audit.Add(new AuditRow(at.Sequence, at.Session, at.Time, notable.Code, notable.Text));
}
