using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What the venue's errors ask of us beside the order that they are about.</summary>
internal sealed class Refusals(PairBudgets pairs)
{
    private long _pausedUntil;

    /// <summary>Why no order may be sent until a person looked at it; <see langword="null"/> while all is well. The first reason stays.</summary>
    public VenueHalt? Halt { get; private set; }

    /// <summary>Whether the venue said that the connection's token is not good any more.</summary>
    public bool IsTokenRefused { get; set; }

    /// <summary>How long the venue still wants no orders over the feed; zero when it does not mind. Any thread.</summary>
    public TimeSpan Pause(long now) => new(Math.Max(0, Volatile.Read(ref _pausedUntil) - now) / TimeSpan.NanosecondsPerTick);

    /// <summary>Takes note of an error that is about no pair.</summary>
    public void Note(string? error, long now)
    {
        if (error is null)
        {
            return;
        }

        Halt ??= VenueHalt.On(error);
        IsTokenRefused |= ErrorCodes.Classify(error) == ErrorClass.Session;
        if (ErrorCodes.Classify(error) == ErrorClass.Throttled)
        {
            Volatile.Write(ref _pausedUntil, now + KrakenLimits.ThrottlePauseNanos);
        }
    }

    /// <summary>Takes note of an order's error.</summary>
    public void Note(string error, ushort instrument, long now)
    {
        Note(error, now);
        switch (ErrorCodes.Classify(error))
        {
            case ErrorClass.PairThrottled:
                pairs.Fill(instrument, now);
                break;
            case ErrorClass.MarketClosed:
                pairs.Close(instrument, now);
                break;
        }
    }
}
