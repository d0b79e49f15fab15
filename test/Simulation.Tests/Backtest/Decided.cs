using Parallax.Journal.Framing;
using Parallax.Testing;
using Parallax.Trading.Decisions;

namespace Parallax.Simulation.Tests.Backtest;

internal static class Decided
{
    /// <summary>Every decision of one kind, in order.</summary>
    public static IReadOnlyList<T> All<T>(this RecordList journal)
        where T : IDecision<T>
    {
        var found = new List<T>();
        for (var i = 0; i < journal.Count; i++)
        {
            if (journal[i].Header.Kind == (byte)T.Kind)
            {
                var reader = new PayloadReader(journal[i].Payload);
                found.Add(T.Read(ref reader));
            }
        }

        return found;
    }
}
