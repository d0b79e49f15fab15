using Parallax.Domain;

namespace Parallax.Venues.Kraken.Live;

/// <summary>When the venue has to be told again to take every order back unless it hears of us: every third of the time it was given.</summary>
/// <remarks>
/// A third, so that two messages in a row may be lost. The venue advises 60 s, told again every 15 to 30 s:
/// https://docs.kraken.com/api/docs/websocket-v2/cancel_after. Order thread, but for <see cref="Seconds"/>.
/// </remarks>
internal sealed class DeadManTimer
{
    private const long RetryNanos = UtcNanos.PerSecond;
    private int _seconds;
    private int _told;
    private long _due;
    private bool _hasFailed;

    /// <summary>How long the venue waits for us; zero for ever. Any thread.</summary>
    public int Seconds
    {
        get => Volatile.Read(ref _seconds);
        set => Volatile.Write(ref _seconds, value);
    }

    /// <summary>When the venue will take everything back, by its own word and clock; <see langword="null"/> when it will not.</summary>
    public long? TriggerTime { get; private set; }

    /// <summary>What the venue has to be told now.</summary>
    /// <returns><see langword="null"/> when nothing is due. Otherwise seconds, zero to turn it off; counts as told.</returns>
    public int? Due(long now)
    {
        var wanted = Seconds;
        if (wanted == _told && (now < _due || (wanted == 0 && !_hasFailed)))
        {
            return null;
        }

        _told = wanted;
        _hasFailed = false;
        _due = now + (wanted * UtcNanos.PerSecond / 3);
        return wanted;
    }

    /// <param name="triggerTime"><see langword="null"/> when it is off.</param>
    public void Confirmed(long? triggerTime) => TriggerTime = triggerTime;

    /// <summary>The venue did not take it, or it was lost with its connection: it is told again soon.</summary>
    public void Failed(long now)
    {
        _due = _told == 0 ? now + RetryNanos : Math.Min(_due, now + RetryNanos);
        _hasFailed = true;
    }
}
