using Parallax.Cli.Output;
using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Sessions;

/// <summary>The time between a session's start and its end.</summary>
internal static class SessionRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for the first of: the session's own end, the time given, Ctrl-C. Shows meanwhile how it goes. Ctrl-C is an end in order, not an error.</summary>
    /// <param name="completion">Of whatever the session cannot go on without.</param>
    /// <param name="duration">Null: without end.</param>
    public static async Task WaitAsync(
        IOperatedSession session, Task completion, TimeSpan? duration, TextWriter error, TimeProvider time, CancellationToken cancellation)
    {
        var progress = new ProgressLine<SessionSnapshot>(error, SessionText.Progress);
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (!completion.IsCompleted && (duration is null || time.GetElapsedTime(started) < duration))
            {
                await timer.WaitForNextTickAsync(cancellation);
                progress.Report(session.Current);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop: what is open is finished by the caller.
        }

        progress.Clear();
    }
}
