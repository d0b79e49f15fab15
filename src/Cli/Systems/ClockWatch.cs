using Parallax.Journal.Framing;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Reconciliation;

namespace Parallax.Cli.Systems;

/// <summary>Sets the session's clock where venue and machine agree that it is wrong: somebody has set the machine's right.</summary>
internal sealed class ClockWatch(LiveSession session, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>A clock that goes slowly is not corrected again meanwhile.</summary>
    private long _until;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var clock = session.Clock;
            var venues = session.Current.Venues;
            var by = clock.NowNanos < _until || venues.Count != 1 ? 0 : ClockJudge.CorrectionNanos(clock.WallAheadNanos, venues[0].ClockOffset);
            if (by != 0)
            {
                clock.Correct(by);
                _until = clock.NowNanos + (by < 0 ? -by / 2 : 0);
                await session.TellAsync(ClockSet.RecordKind, new ClockSet(by).Write(new PayloadWriter()).ToArray(), "", cancellation);
            }
        }
    }
}
