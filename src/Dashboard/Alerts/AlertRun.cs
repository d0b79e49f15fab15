using Parallax.Dashboard.Alerts.Channels;
using Parallax.Domain;

namespace Parallax.Dashboard.Alerts;

/// <summary>Tells one channel what the journal holds, for as long as a session lasts.</summary>
/// <remarks>A channel that fails is tried again after growing pauses and holds up nobody else. Memory is bounded by one message.</remarks>
internal sealed class AlertRun(IAlertChannel channel, string journalFolder, string placeFile, AlertOptions options, TimeProvider time)
{
    private readonly List<Alert> _waiting = [];
    private volatile ChannelHealth _health = new(channel.Name, 0, 0, 0, null);

    /// <summary>Readable from any thread.</summary>
    public ChannelHealth Health => _health;

    /// <param name="ending">The session is over: what the journal still holds is tried once.</param>
    /// <param name="giveUp">Ends it at once.</param>
    /// <returns>When either; it does not throw.</returns>
    public async Task RunAsync(CancellationToken ending, CancellationToken giveUp)
    {
        AlertCursor? cursor = null;
        bool isLast;
        do
        {
            isLast = ending.IsCancellationRequested;
            TimeSpan pause;
            try
            {
                cursor ??= new AlertCursor(journalFolder, placeFile, options.WeightMin);
                pause = await TellAsync(cursor, giveUp);
            }
            catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
            {
                break;
            }
            catch (Exception wrong)
            {
                // Of whatever kind: a channel that stands still and says why is better than a task that ended unseen.
                pause = Fail(wrong);
                if (wrong is not ChannelException)
                {
                    cursor?.Dispose();
                    cursor = null;
                    _waiting.Clear();
                }
            }

            if (!isLast)
            {
                await Task.Delay(pause, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        while (!isLast);

        cursor?.Dispose();
    }

    private async Task<TimeSpan> TellAsync(AlertCursor cursor, CancellationToken giveUp)
    {
        while (_waiting.Count < options.AlertsMax && cursor.TryNext(out var alert))
        {
            _waiting.Add(alert);
        }

        Expire(cursor.IsFirst);
        if (_waiting.Count == 0)
        {
            cursor.KeepNowAndThen();
            return options.Pause;
        }

        await channel.SendAsync(new AlertMessage(options.Origin, [.. _waiting]), giveUp);
        _health = _health with { Sent = _health.Sent + _waiting.Count, Failures = 0, Trouble = null };
        _waiting.Clear();
        cursor.Keep();
        return options.Pause;
    }

    private void Expire(bool isHistory)
    {
        var oldest = UtcNanos.From(time.GetUtcNow() - options.AgeMax).Value;
        var expired = _waiting.RemoveAll(alert => alert.Time < oldest);
        if (!isHistory)
        {
            _health = _health with { Expired = _health.Expired + expired };
        }
    }

    private TimeSpan Fail(Exception wrong)
    {
        var failures = _health.Failures + 1;
        _health = _health with { Failures = failures, Trouble = wrong is ChannelException ? wrong.Message : $"Alerts stand still: {wrong.GetType().Name}." };
        return ChannelException.Pause(wrong, failures, options.Retry, options.RetryMax);
    }
}
