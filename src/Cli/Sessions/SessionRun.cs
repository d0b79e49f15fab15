using System.CommandLine;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Cli.Systems;
using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Sessions;

/// <summary>The time between a session's start and its end.</summary>
internal static class SessionRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs a session that has started, ends it in order, and prints what it came to.</summary>
    /// <param name="welcome">Printed first, where people read.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> ToTheEndAsync(
        ISessionSystem system, SessionOptions options, ParseResult parsed, Func<TextWriter, Task> welcome, CancellationToken cancellation)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var isJson = options.IsJson(parsed);
        if (!isJson)
        {
            await welcome(output);
        }

        await WaitAsync(system.Session, system.Completion, options.Duration(parsed), error, TimeProvider.System, cancellation);
        var report = await system.StopAsync();
        await (isJson ? Json.WriteAsync(output, report.ToJson()) : SessionText.WriteAsync(output, report));
        return report.Fault is null ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>Waits for the first of: the session's own end, the time given, Ctrl-C. Shows meanwhile how it goes. Ctrl-C is an end in order, not an error.</summary>
    /// <param name="completion">Of whatever the session cannot go on without.</param>
    /// <param name="duration">Null: without end.</param>
    private static async Task WaitAsync(
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
