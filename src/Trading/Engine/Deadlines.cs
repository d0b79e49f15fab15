namespace Parallax.Trading.Engine;

/// <summary>What the engine wants to be woken for, earliest first; equal times in the order they were set.</summary>
/// <remarks>
/// The engine has no clock. Whoever feeds it asks for <see cref="Next"/> and hands in a timer record when that time comes, so a replay
/// wakes it at exactly the same places.
/// </remarks>
public sealed class Deadlines
{
    private readonly PriorityQueue<Deadline, (long Time, long Order)> _queue = new();
    private long _order;

    /// <summary>The earliest deadline, UTC nanoseconds; <see cref="long.MaxValue"/> never comes and stands for an empty list.</summary>
    public long Next { get; private set; } = long.MaxValue;

    public Deadline Set(long timeNanos, int plan, ulong token)
    {
        var deadline = new Deadline(timeNanos, plan, token);
        _queue.Enqueue(deadline, (timeNanos, _order++));
        Next = Math.Min(Next, timeNanos);
        return deadline;
    }

    /// <summary>Forgets a deadline: what it waited for has come. Nothing happens when it is not set. O(deadlines), of which there are a few per open plan.</summary>
    public void Clear(in Deadline deadline)
    {
        if (_queue.Remove(deadline, out _, out _))
        {
            Next = _queue.TryPeek(out _, out var first) ? first.Time : long.MaxValue;
        }
    }

    /// <summary>Takes one deadline that is due at <paramref name="nowNanos"/>; false when none is.</summary>
    public bool TryTake(long nowNanos, out Deadline deadline)
    {
        if (Next > nowNanos || !_queue.TryDequeue(out deadline, out _))
        {
            deadline = default;
            return false;
        }

        Next = _queue.TryPeek(out _, out var first) ? first.Time : long.MaxValue;
        return true;
    }
}

/// <param name="Plan">Zero for what is no plan's: the engine's own.</param>
/// <param name="Token">What it is about: a client order id.</param>
public readonly record struct Deadline(long TimeNanos, int Plan, ulong Token);
