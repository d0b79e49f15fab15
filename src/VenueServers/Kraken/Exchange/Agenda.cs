namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>What is to happen at a later time, in the order of time, then of arrival. Exchange thread only.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action<long>, (long Time, long Number)> _items = new();
    private long _number;

    /// <summary>UTC nanoseconds of the first item; <see langword="null"/> when there is none.</summary>
    public long? NextTime => _items.TryPeek(out _, out var due) ? due.Time : null;

    /// <param name="time">UTC nanoseconds.</param>
    /// <param name="action">Is given the time it runs at.</param>
    public void Add(long time, Action<long> action) => _items.Enqueue(action, (time, _number++));

    public bool TryTake(long now, out Action<long>? action)
    {
        if (NextTime <= now)
        {
            action = _items.Dequeue();
            return true;
        }

        action = null;
        return false;
    }
}
