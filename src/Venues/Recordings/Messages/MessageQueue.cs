using System.Diagnostics.CodeAnalysis;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Messages;

/// <summary>Messages parsed and not yet taken, first in, first out. Messages are reused once the queue has run empty.</summary>
internal sealed class MessageQueue
{
    private readonly List<MarketMessage> _slots = [];
    private int _head;
    private int _count;

    /// <summary>Messages not yet taken.</summary>
    public int Count => _count - _head;

    public MarketMessage Add(MessageKind kind, Listing listing, long venueTime, long receivedTime, long line)
    {
        if (_count == _slots.Count)
        {
            _slots.Add(new MarketMessage());
        }

        return _slots[_count++].Restart(kind, listing, venueTime, receivedTime, line);
    }

    public bool TryTake([NotNullWhen(true)] out MarketMessage? message)
    {
        message = _head < _count ? _slots[_head++] : null;
        return message is not null;
    }

    public void Clear() => _head = _count = 0;
}
