using Parallax.Domain;

namespace Parallax.Trading.Supervision;

/// <summary>Contains what a task throws: the task is started again after a pause, and stays stopped when it fails too often. Others go on.</summary>
/// <param name="tell">Hears of every failure, restart and end, on any thread; must not block or throw.</param>
public sealed class Supervisor(TimeProvider time, Action<TaskReport> tell)
{
    private const int ReasonMax = 300;

    /// <summary>Runs a task until it ends in order, is canceled, or stays stopped.</summary>
    /// <param name="name">Stable, for people and machines: <c>feed</c>.</param>
    /// <param name="venue">The venue that cannot be traded without it; <see langword="null"/> for a task of which no order depends.</param>
    /// <param name="body">Called again for each start.</param>
    /// <returns>Never failed.</returns>
    public async Task RunAsync(string name, VenueId? venue, Func<CancellationToken, Task> body, CancellationToken stop)
    {
        var policy = new RestartPolicy();
        var began = time.GetTimestamp();
        try
        {
            while (true)
            {
                try
                {
                    await body(stop);
                    return;
                }
                catch (Exception wrong) when (!stop.IsCancellationRequested)
                {
                    var pause = policy.OnFailure(time.GetElapsedTime(began));
                    tell(new TaskReport(venue, name, pause is null ? TaskState.Stopped : TaskState.Failed, policy.Failures, Sentence(wrong)));
                    if (pause is null)
                    {
                        return;
                    }

                    await Task.Delay(pause.Value, time, stop);
                }

                tell(new TaskReport(venue, name, TaskState.Running, policy.Failures, ""));
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Asked to stop: what it throws on the way out is nobody's any more.
        }
    }

    /// <summary>A blocking task on a thread of its own.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public Task RunThreadAsync(string name, VenueId? venue, Action body, CancellationToken stop) => RunAsync(name, venue, _ => OnThreadAsync(body), stop);

    /// <returns>Done, or failed, when the body is.</returns>
    public static Task OnThreadAsync(Action body) => Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static string Sentence(Exception wrong)
    {
        var text = string.Concat($"{wrong.GetType().Name}: {wrong.Message}".Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Length > ReasonMax ? text[..ReasonMax] : text;
    }
}
