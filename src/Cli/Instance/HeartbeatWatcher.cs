using System.Globalization;
using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Instance;

/// <summary>A file that somebody outside touches as long as all is well.</summary>
/// <param name="File">Its path.</param>
/// <param name="AgeMax">How long it may stay as it is.</param>
public sealed record Heartbeat(string File, TimeSpan AgeMax);

/// <summary>Kills a session when a <see cref="Heartbeat"/> falls silent: the dead man's handle of whoever watches it.</summary>
/// <remarks>
/// A beat is a new time of last change, whatever it says: silence is measured by our own steady clock, so that no clock that is set, here or on
/// another machine, makes or hides one. A file that is missing or cannot be read is silent. A beat that comes back resumes nothing; silence that lasts
/// after a resume kills again.
/// </remarks>
public sealed class HeartbeatWatcher(Heartbeat heartbeat, IOperatedSession session, TimeProvider time)
{
    /// <summary>How long a silence may go unseen.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateTime? _last;
    private long _since = time.GetTimestamp();

    /// <inheritdoc cref="LastResort.LookEveryAsync"/>
    public Task RunAsync(CancellationToken cancellation) => LastResort.LookEveryAsync(Interval, time, LookAsync, cancellation);

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        var silence = time.GetElapsedTime(_since, now);
        if (LastBeat() is { } beat && beat != _last)
        {
            (_last, _since) = (beat, now);
        }
        else if (session.Current.State == TradingState.Killed)
        {
            // Nothing is left to stop. Who resumes has as long as ever to bring the beat back.
            _since = now;
        }
        else if (silence > heartbeat.AgeMax && await LastResort.TryKillAsync(session, Reason(silence), "heartbeat", cancellation))
        {
            _since = now;
        }
    }

    private string Reason(TimeSpan silence) =>
        string.Create(CultureInfo.InvariantCulture, $"no heartbeat for {silence.TotalSeconds:0.#} s: '{Path.GetFileName(heartbeat.File)}' was not touched");

    private DateTime? LastBeat()
    {
        try
        {
            return File.Exists(heartbeat.File) ? File.GetLastWriteTimeUtc(heartbeat.File) : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
