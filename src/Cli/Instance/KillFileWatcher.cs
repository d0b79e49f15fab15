using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Instance;

/// <summary>Kills a session when a <see cref="KillFile"/> stands in its data folder.</summary>
/// <remarks>
/// Removing the file resumes nothing: going on needs a reason and somebody who gives it. A file that comes back, or one with another reason, kills
/// again.
/// </remarks>
public sealed class KillFileWatcher(KillFile file, IOperatedSession session, TimeProvider time)
{
    /// <summary>How long a file may stand unseen.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private string? _obeyed;

    /// <summary>Looks until canceled; the first look is at once. A look or a kill that fails is repeated at the next.</summary>
    /// <returns>When canceled; it does not throw then.</returns>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await LookAsync(cancellation);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The session ends.
        }
    }

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var reason = file.ReadReason();
        if (reason is null)
        {
            _obeyed = null;
        }
        else if (reason != _obeyed && await KillAsync(reason, cancellation))
        {
            _obeyed = reason;
        }
    }

    private async Task<bool> KillAsync(string reason, CancellationToken cancellation)
    {
        try
        {
            return (await session.KillAsync(reason, "kill-file", cancellation)).IsDone;
        }
        catch (Exception wrong) when (wrong is TimeoutException or IOException or InvalidOperationException)
        {
            // The last resort does not give up because the engine was busy or its disk full.
            return false;
        }
    }
}
