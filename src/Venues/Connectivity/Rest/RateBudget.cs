namespace Parallax.Venues.Connectivity.Rest;

/// <summary>A venue's request counter: every request adds its cost, time takes it away again, and above a limit the venue refuses.</summary>
/// <remarks>
/// Our counter runs ahead of the venue's, because it counts a request when it is sent. Part of the limit is kept for what is urgent
/// (cancels, and orders that finish what has begun), so that questions and beginnings can never use up what is needed to get out. Any
/// thread. Times are <c>TimeProvider.GetElapsedTime</c> since any fixed moment.
/// </remarks>
public sealed class RateBudget
{
    private readonly Lock _gate = new();
    private readonly decimal _limit, _decayPerSecond, _keptForUrgent;
    private decimal _level;
    private TimeSpan _asOf = TimeSpan.MinValue;

    /// <param name="limit">The level that may be reached, not passed.</param>
    /// <param name="decayPerSecond">How much a second takes away.</param>
    /// <param name="keptForUrgent">The part of the limit that only urgent requests may use; less than the limit.</param>
    public RateBudget(decimal limit, decimal decayPerSecond, decimal keptForUrgent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, 0);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(decayPerSecond, 0);
        ArgumentOutOfRangeException.ThrowIfNegative(keptForUrgent);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(keptForUrgent, limit);
        (_limit, _decayPerSecond, _keptForUrgent) = (limit, decayPerSecond, keptForUrgent);
    }

    /// <summary>Takes the cost of a request, where the budget allows it.</summary>
    /// <param name="isUrgent">Whether the kept part may be used.</param>
    /// <returns>
    /// Zero: taken. Otherwise how long until it would fit; nothing was taken. <see langword="null"/> where it never fits.
    /// </returns>
    public TimeSpan? TryTake(decimal cost, bool isUrgent, TimeSpan now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        var limit = isUrgent ? _limit : _limit - _keptForUrgent;
        lock (_gate)
        {
            Decay(now);
            if (cost > limit)
            {
                return null;
            }

            if (_level + cost <= limit)
            {
                _level += cost;
                return TimeSpan.Zero;
            }

            var seconds = (_level + cost - limit) / _decayPerSecond;
            return new TimeSpan((long)decimal.Ceiling(seconds * TimeSpan.TicksPerSecond));
        }
    }

    /// <summary>The counter as it stands, zero to the limit.</summary>
    public decimal Level(TimeSpan now)
    {
        lock (_gate)
        {
            Decay(now);
            return _level;
        }
    }

    /// <summary>The venue said how high its counter is, or refused a request (then: the limit). Ours is raised to it, never lowered.</summary>
    public void RaiseTo(decimal level, TimeSpan now)
    {
        lock (_gate)
        {
            Decay(now);
            _level = Math.Max(_level, Math.Min(level, _limit));
        }
    }

    private void Decay(TimeSpan now)
    {
        if (now > _asOf)
        {
            // Before the first call there is nothing to take away.
            _level = _level == 0 ? 0 : Math.Max(0, _level - (_decayPerSecond * (now - _asOf).Ticks / TimeSpan.TicksPerSecond));
            _asOf = now;
        }
    }
}
