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

    /// <inheritdoc cref="LastResort.LookEveryAsync"/>
    public Task RunAsync(CancellationToken cancellation) => LastResort.LookEveryAsync(Interval, time, LookAsync, cancellation);

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var reason = file.ReadReason();
        if (reason is null)
        {
            _obeyed = null;
        }
        else if (reason != _obeyed && await LastResort.TryKillAsync(session, reason, "kill-file", cancellation))
        {
            _obeyed = reason;
        }
    }
}
