using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What the venue's errors ask of us beside the order that they are about.</summary>
internal sealed class Refusals(PairBudgets pairs)
{
    /// <summary>Why no order may be sent until a person looked at it; <see langword="null"/> while all is well. The first reason stays.</summary>
    public VenueHalt? Halt { get; private set; }

    /// <summary>Whether the venue said that the connection's token is not good any more.</summary>
    public bool IsTokenRefused { get; set; }

    /// <summary>Takes note of an error that is about no pair.</summary>
    public void Note(string? error)
    {
        if (error is not null)
        {
            Halt ??= VenueHalt.On(error);
            IsTokenRefused |= ErrorCodes.Classify(error) == ErrorClass.Session;
        }
    }

    /// <summary>Takes note of an order's error.</summary>
    public void Note(string error, ushort instrument, long now)
    {
        Note(error);
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
