namespace Parallax.Venues.Connectivity.Reconnecting;

/// <summary>How many connections a venue lets one address open in any window of time: Kraken about 150 in ten minutes.</summary>
/// <remarks>
/// Shared by all connections to a venue, since the venue counts them together. Any thread. Times are <c>TimeProvider.GetElapsedTime</c>
/// since any moment that all users of one budget agree on.
/// </remarks>
public sealed class ConnectionBudget
{
    private readonly TimeSpan[] _begun;
    private readonly Lock _gate = new();
    private long _count;

    /// <param name="attempts">One or more.</param>
    /// <param name="window">Longer than zero.</param>
    public ConnectionBudget(int attempts, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        _begun = new TimeSpan[attempts];
        Window = window;
    }

    public int Attempts => _begun.Length;

    public TimeSpan Window { get; }

    /// <summary>Takes an attempt out of the budget, where there is one.</summary>
    /// <returns>Zero: taken. Otherwise how long until the oldest attempt leaves the window; nothing was taken.</returns>
    internal TimeSpan TryTake(TimeSpan now)
    {
        lock (_gate)
        {
            // The ring's next place holds the attempt that was made so many attempts ago.
            ref var oldest = ref _begun[_count % _begun.Length];
            if (_count >= _begun.Length && now - oldest < Window)
            {
                return oldest + Window - now;
            }

            oldest = now;
            _count++;
            return TimeSpan.Zero;
        }
    }
}
