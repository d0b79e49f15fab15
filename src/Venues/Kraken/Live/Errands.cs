using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Does beside the order thread what has to wait for REST, and hands what comes of it back to that thread.</summary>
/// <remarks>Within a lane one errand follows the other; no lane waits for another.</remarks>
internal sealed class Errands
{
    private readonly Channel<Errand>[] _lanes =
        [.. Enum.GetValues<Lane>().Select(_ => Channel.CreateUnbounded<Errand>(new UnboundedChannelOptions { SingleReader = true }))];

    private readonly ConcurrentQueue<Action<long>> _done = [];
    private Exception? _failure;
    private Task _work = Task.CompletedTask;

    /// <summary>What is more pressing never waits behind what is less.</summary>
    public enum Lane
    {
        /// <summary>Orders, cancels, the dead man's timer, tokens.</summary>
        Orders,

        /// <summary>What became of an order.</summary>
        Questions,

        /// <summary>The account as a whole: many calls, which wait for the call budget.</summary>
        Account,
    }

    /// <summary>Something that waits.</summary>
    /// <returns>What is to be done with what came of it, on the order thread; is given the time.</returns>
    public delegate Task<Action<long>> Errand(CancellationToken stop);

    /// <summary>Ends when every lane does: after a stop.</summary>
    public Task Completion => _work;

    public void Start(CancellationToken stop) => _work = Task.WhenAll(_lanes.Select(lane => Task.Run(() => WorkAsync(lane, stop), CancellationToken.None)));

    /// <summary>Any thread.</summary>
    public void Run(Lane lane, Errand errand) => _lanes[(int)lane].Writer.TryWrite(errand);

    /// <summary>Hands something to the order thread before its errand is over. Any thread.</summary>
    public void Hand(Action<long> then) => _done.Enqueue(then);

    /// <summary>Does what came back, and throws on what an errand threw. Order thread only.</summary>
    public void Collect(long now)
    {
        while (_done.TryDequeue(out var then))
        {
            then(now);
        }

        // Once: whoever starts the order thread again finds the lanes at work, and who asked in vain asks again.
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private async Task WorkAsync(Channel<Errand> lane, CancellationToken stop)
    {
        try
        {
            await foreach (var errand in lane.Reader.ReadAllAsync(stop))
            {
                await DoAsync(errand, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits for answers any more.
        }
    }

    private async Task DoAsync(Errand errand, CancellationToken stop)
    {
        try
        {
            _done.Enqueue(await errand(stop));
        }
        catch (Exception wrong) when (!stop.IsCancellationRequested)
        {
            // Not swallowed: the order thread throws it on.
            Volatile.Write(ref _failure, wrong);
        }
    }
}
