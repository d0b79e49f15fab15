using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Trading.Decisions;

namespace Parallax.Storage.Tests.Journals;

/// <summary>A journal written by hand, a record a minute.</summary>
internal sealed class HandJournal : IDisposable
{
    public const long Minute = 60 * UtcNanos.PerSecond;
    public const long Start = 1_700_000_040 * UtcNanos.PerSecond;

    private readonly JournalWriter _journal;
    private readonly DecisionWriter _decisions;

    public HandJournal(string folder)
    {
        _journal = JournalWriter.Open(folder);
        _decisions = new DecisionWriter(_journal) { Now = Start };
    }

    public HandJournal Write<T>(T decision)
        where T : IDecision<T>
    {
        _decisions.Write(decision);
        _decisions.Now += Minute;
        return this;
    }

    public void Dispose() => _journal.Dispose();
}
