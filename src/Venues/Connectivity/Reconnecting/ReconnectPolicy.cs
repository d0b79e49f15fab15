namespace Parallax.Venues.Connectivity.Reconnecting;

/// <summary>How patient a connection is with its venue.</summary>
public sealed record ReconnectOptions
{
    /// <summary>Before the second attempt; doubles with every further failure.</summary>
    public TimeSpan DelayMin { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan DelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that was open this long starts over at <see cref="DelayMin"/> when it is lost.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>Says when to connect again: at once the first time, then with exponential backoff and jitter, never beyond the venue's budget.</summary>
/// <remarks>
/// One thread, one connection. No clock of its own: times are passed in, as <c>TimeProvider.GetElapsedTime</c> since any fixed moment.
/// The same seed and times give the same answers.
/// </remarks>
public sealed class ReconnectPolicy
{
    private readonly ReconnectOptions _options;
    private readonly ConnectionBudget _budget;
    private readonly Jitter _jitter;
    private TimeSpan _due = TimeSpan.MinValue;
    private TimeSpan? _openSince;

    /// <param name="budget">Shared with the other connections to the venue.</param>
    /// <exception cref="ArgumentOutOfRangeException">Delays that are not positive or not in order.</exception>
    public ReconnectPolicy(ReconnectOptions options, ConnectionBudget budget, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.DelayMin, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.DelayMax, options.DelayMin);
        (_options, _budget, _jitter) = (options, budget, new Jitter(seed));
    }

    /// <summary>Attempts that failed, or connections that were lost early, since the last stable one.</summary>
    public int Failures { get; private set; }

    /// <summary>Asks whether to connect now, and counts the attempt if so.</summary>
    /// <returns>Zero: connect. Otherwise wait this long and ask again; another connection may have used the budget meanwhile.</returns>
    public TimeSpan TryBegin(TimeSpan now) => now < _due ? _due - now : _budget.TryTake(now);

    /// <summary>The attempt has succeeded.</summary>
    public void Opened(TimeSpan now) => _openSince = now;

    /// <summary>The attempt has failed, or the connection is lost. Draws the delay until the next attempt.</summary>
    /// <remarks>Between half of the backoff and all of it: the half keeps a floor under the jitter.</remarks>
    public void Lost(TimeSpan now)
    {
        if (_openSince is { } since && now - since >= _options.StableAfter)
        {
            Failures = 0;
        }

        _openSince = null;
        var backoff = _options.DelayMin;
        for (var i = 0; i < Failures && backoff < _options.DelayMax; i++)
        {
            backoff *= 2;
        }

        backoff = backoff < _options.DelayMax ? backoff : _options.DelayMax;
        _due = now + (backoff * (0.5 + (_jitter.Next() / 2)));
        Failures++;
    }
}
