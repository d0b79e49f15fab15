using Parallax.Trading.Execution;

namespace Parallax.Simulation.Venue;

internal enum DueKind : byte
{
    OrderArrives,
    QueryArrives,

    /// <summary>We learn what became of an order.</summary>
    Report,

    /// <summary>We learn that the venue does not know an order.</summary>
    NotFound,

    /// <summary>We give up waiting.</summary>
    Deadline,

    /// <summary>The venue looks at the account for us.</summary>
    SurveyArrives,

    /// <summary>We learn what it saw.</summary>
    Statement,
}

/// <summary>Something that happens at a moment. What it needs stands in the fields its kind uses.</summary>
internal readonly record struct Due(long Time, DueKind Kind, ClientOrderId Id, VenueOrder? Order, long VenueTime = 0, long ResponseNanos = 0);

/// <summary>What is still to happen, earliest first; at equal times in the order of entry.</summary>
internal sealed class DueQueue
{
    private (long Time, long Number, Due Due)[] _heap = new (long, long, Due)[16];
    private long _added;

    public int Count { get; private set; }

    public long FirstTime => _heap[0].Time;

    public void Add(in Due due)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, Count * 2);
        }

        var at = Count++;
        var entry = (due.Time, _added++, due);
        while (at > 0)
        {
            var parent = (at - 1) / 2;
            if (!Comes(entry, _heap[parent]))
            {
                break;
            }

            _heap[at] = _heap[parent];
            at = parent;
        }

        _heap[at] = entry;
    }

    public Due Take()
    {
        var first = _heap[0].Due;
        var last = _heap[--Count];
        _heap[Count] = default;
        var at = 0;
        for (var child = 1; child < Count; child = (at * 2) + 1)
        {
            if (child + 1 < Count && Comes(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Comes(_heap[child], last))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        if (Count > 0)
        {
            _heap[at] = last;
        }

        return first;
    }

    private static bool Comes(in (long Time, long Number, Due Due) left, in (long Time, long Number, Due Due) right) =>
        left.Time < right.Time || (left.Time == right.Time && left.Number < right.Number);
}
