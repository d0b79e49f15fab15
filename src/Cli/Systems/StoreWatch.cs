using Parallax.Journal.Framing;
using Parallax.Storage.Projection;
using Parallax.Trading.Reconciliation;

namespace Parallax.Cli.Systems;

/// <summary>Tells the engine when the store falls too far behind the journal, hangs or is gone, and when it has caught up.</summary>
internal sealed class StoreWatch(LiveSession session, JournalProjector projector, TimeSpan mark, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly LagWatch _lag = new(mark);
    private readonly long _started = time.GetTimestamp();

    /// <summary>Watches until canceled or until the session is over.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                var (journal, store) = ((ulong)session.Current.JournalSequence, projector.Health);
                if (_lag.Look(time.GetElapsedTime(_started), journal, store))
                {
                    var report = new StoreReport(_lag.IsBehind, Math.Max(0, (long)journal - store.Sequence), _lag.Describe(store));
                    await session.TellAsync(StoreReport.RecordKind, report.Write(new PayloadWriter()).ToArray(), "", cancellation);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody is told any more.
        }
    }
}
