using System.Net.ServerSentEvents;
using System.Threading.Channels;

namespace Parallax.Dashboard.Live;

/// <summary>One open page: a short queue of what it has not been sent yet.</summary>
/// <param name="cut">Ends the connection of a client that does not read: it holds the write that is under way.</param>
public sealed class DeskClient(Action cut) : IDisposable
{
    /// <summary>Ticks that may wait: about six seconds.</summary>
    private const int TicksMax = 16;

    private readonly Channel<IReadOnlyList<SseItem<string>>> _queue =
        Channel.CreateBounded<IReadOnlyList<SseItem<string>>>(new BoundedChannelOptions(TicksMax) { SingleReader = true });

    private readonly Lock _door = new();
    private bool _isNew = true;
    private bool _isOver;

    public IAsyncEnumerable<IReadOnlyList<SseItem<string>>> ReadAsync(CancellationToken cancellation) => _queue.Reader.ReadAllAsync(cancellation);

    /// <summary>The page was closed: its connection is no longer ours to end.</summary>
    public void Dispose()
    {
        lock (_door)
        {
            _isOver = true;
        }
    }

    /// <summary>True the first time.</summary>
    public bool TakeFirst()
    {
        var first = _isNew;
        _isNew = false;
        return first;
    }

    /// <returns>False when the queue is full; the client is cut off then.</returns>
    public bool TrySend(IReadOnlyList<SseItem<string>> items)
    {
        if (_queue.Writer.TryWrite(items))
        {
            return true;
        }

        lock (_door)
        {
            if (!_isOver)
            {
                _isOver = true;
                _queue.Writer.TryComplete();
                cut();
            }
        }

        return false;
    }
}
