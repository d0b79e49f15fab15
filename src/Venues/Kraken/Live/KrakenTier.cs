using Parallax.Venues.Connectivity.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What an account of one verification tier may ask: the call counter of a key, and the counter of orders of a pair.</summary>
/// <param name="CallsMax">Private REST calls: the bound of the counter.</param>
/// <param name="CallsPerSecond">What it loses a second.</param>
/// <param name="PairMax">Orders of one pair, over every connection of the account: the bound of the counter.</param>
/// <param name="PairPerSecond">What it loses a second.</param>
/// <remarks>https://docs.kraken.com/api/docs/guides/spot-ratelimits, krakenfx/kraken-cli; collected 2026-11.</remarks>
public sealed record KrakenTier(string Name, decimal CallsMax, decimal CallsPerSecond, decimal PairMax, decimal PairPerSecond)
{
    public static KrakenTier Starter { get; } = new("starter", 15m, 0.33m, 60m, 1m);

    public static KrakenTier Intermediate { get; } = new("intermediate", 20m, 0.5m, 125m, 2.34m);

    public static KrakenTier Pro { get; } = new("pro", 20m, 1m, 180m, 3.75m);

    public static IReadOnlyList<KrakenTier> All { get; } = [Starter, Intermediate, Pro];

    /// <summary>A fresh counter of private calls.</summary>
    public RateBudget Calls() => new(CallsMax, CallsPerSecond, CallsMax * KrakenLimits.KeptForUrgent);

    /// <summary>A fresh counter of one pair's orders.</summary>
    public RateBudget Pair() => new(PairMax, PairPerSecond, PairMax * KrakenLimits.KeptForUrgent);
}
