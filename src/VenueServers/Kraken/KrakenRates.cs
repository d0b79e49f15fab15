namespace Parallax.VenueServers.Kraken;

/// <summary>How much one account may ask before it is refused.</summary>
/// <param name="CallsMax">Bound of the counter of private REST calls.</param>
/// <param name="CallsPerSecond">What that counter loses a second.</param>
/// <param name="PairMax">Bound of the counter of orders of one pair, REST and WebSocket together.</param>
/// <param name="PairPerSecond">What that counter loses a second.</param>
public sealed record KrakenRates(decimal CallsMax, decimal CallsPerSecond, decimal PairMax, decimal PairPerSecond)
{
    /// <summary>The lowest tier as the venue documents it.</summary>
    public static KrakenRates Starter { get; } = new(15m, 0.33m, 60m, 1m);
}
