using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Instance;

/// <summary>What the ways to stop a session without its page have in common.</summary>
internal static class LastResort
{
    /// <summary>Looks at once and then at every interval, until canceled.</summary>
    /// <returns>When canceled; it does not throw then.</returns>
    public static async Task LookEveryAsync(TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> lookAsync, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do
            {
                await lookAsync(cancellation);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The session ends.
        }
    }

    /// <returns>Whether it is killed. The last resort does not give up because the engine was busy or its disk full: it is tried again at the next look.</returns>
    public static async Task<bool> TryKillAsync(IOperatedSession session, string reason, string who, CancellationToken cancellation)
    {
        try
        {
            return (await session.KillAsync(reason, who, cancellation)).IsDone;
        }
        catch (Exception wrong) when (wrong is TimeoutException or IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
