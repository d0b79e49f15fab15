using Parallax.Dashboard.Alerts.Channels;

namespace Parallax.Dashboard.Alerts;

/// <summary>Tells people what the journal holds by every channel there is. Nothing here can delay a decision: it reads the journal's files.</summary>
public sealed class AlertDesk : IAsyncDisposable
{
    /// <summary>What the end of a session gives the last messages.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<IAlertChannel> _channels;
    private readonly IReadOnlyList<AlertRun> _runs;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Task _running;

    /// <summary>Begins at once.</summary>
    /// <param name="channels">Disposed of with this, where they want it.</param>
    /// <param name="dataFolder">Where each channel keeps how far it was told: <c>alerts-NAME.place</c>.</param>
    public AlertDesk(IReadOnlyList<IAlertChannel> channels, string journalFolder, string dataFolder, AlertOptions options, TimeProvider time)
    {
        (_channels, _time) = (channels, time);
        _runs = [.. channels.Select(channel => new AlertRun(channel, journalFolder, Path.Combine(dataFolder, $"alerts-{channel.Name}.place"), options, time))];
        _running = Task.WhenAll(_runs.Select(run => Task.Run(() => run.RunAsync(_ending.Token, _giveUp.Token))));
    }

    /// <summary>By channel, in the order given; readable at any time.</summary>
    public IReadOnlyList<ChannelHealth> Health => [.. _runs.Select(run => run.Health)];

    /// <summary>Tells what the journal still holds, for a few seconds at most; the next session tells the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        using (var grace = new CancellationTokenSource(Grace, _time))
        await using (grace.Token.Register(_giveUp.Cancel))
        {
            await _running;
        }

        foreach (var channel in _channels)
        {
            (channel as IDisposable)?.Dispose();
        }

        _ending.Dispose();
        _giveUp.Dispose();
    }
}
