using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Systems;

/// <summary>Keeps the venue's dead-man timer running while a session is armed: if this process or its connection dies, the venue takes back what is open.</summary>
internal sealed class DeadManWatch : IAsyncDisposable
{
    /// <summary>The venue recommends a minute, told again every 15 to 30 s; the gateway tells it every third of it.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    public DeadManWatch(LiveSession session, KrakenOrders orders, TimeProvider time) =>
        _watching = session.Supervisor.RunAsync("dead-man timer", KrakenInstruments.Venue, stop => WatchAsync(session, orders, time, stop), _stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static async Task WatchAsync(LiveSession session, KrakenOrders orders, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            // Plans that are open when it disarms still have orders out.
            var now = session.Current;
            orders.DeadManTimeout = now.Arming is { IsArmed: true } || now.OpenPlans.Count > 0 ? Timeout : TimeSpan.Zero;
        }
    }
}
