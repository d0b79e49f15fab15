using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Does beside the order thread what has to wait for REST, and hands what comes of it back to that thread.</summary>
/// <remarks>Two lanes: orders and cancels never wait behind questions. Within a lane one errand follows the other.</remarks>
internal sealed class Errands
{
    private readonly Channel<Errand> _urgent = Channel.CreateUnbounded<Errand>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<Errand> _calm = Channel.CreateUnbounded<Errand>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentQueue<Action<long>> _done = [];
    private Task _lanes = Task.CompletedTask;

    /// <summary>Something that waits.</summary>
    /// <returns>What is to be done with what came of it, on the order thread; is given the time.</returns>
    public delegate Task<Action<long>> Errand(CancellationToken stop);

    /// <summary>Ends when both lanes do: after a stop, or with what an errand threw.</summary>
    public Task Completion => _lanes;

    public void Start(CancellationToken stop) => _lanes = Task.WhenAll(Task.Run(() => WorkAsync(_urgent, stop), CancellationToken.None), Task.Run(() => WorkAsync(_calm, stop), CancellationToken.None));

    /// <summary>Any thread.</summary>
    public void Run(Errand errand, bool isUrgent) => (isUrgent ? _urgent : _calm).Writer.TryWrite(errand);

    /// <summary>Does what came back. Order thread only.</summary>
    public void Collect(long now)
    {
        while (_done.TryDequeue(out var then))
        {
            then(now);
        }

        if (_lanes.IsFaulted)
        {
            // Without answers to its questions the engine would wait for ever.
            _lanes.GetAwaiter().GetResult();
        }
    }

    private async Task WorkAsync(Channel<Errand> lane, CancellationToken stop)
    {
        try
        {
            await foreach (var errand in lane.Reader.ReadAllAsync(stop))
            {
                _done.Enqueue(await errand(stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits for answers any more.
        }
    }
}
