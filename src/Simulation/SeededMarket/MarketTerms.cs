using Parallax.Domain;

namespace Parallax.Simulation.SeededMarket;

/// <summary>What a generated market is like. The same terms give the same records, byte by byte.</summary>
public sealed record MarketTerms
{
    public required ulong Seed { get; init; }

    /// <summary>1 to 2,000. Three are the first that make a triangle. Default 30.</summary>
    public int Instruments { get; init; } = 30;

    public VenueId Venue { get; init; } = new("seeded");

    /// <summary>Received time of the first record, UTC nanoseconds. Default 2024-01-01T00:00:00Z.</summary>
    public long StartTime { get; init; } = 1_704_067_200 * UtcNanos.PerSecond;

    /// <summary>Market events of all instruments together; a trade is one event of two records. Default 25 an instrument.</summary>
    public int EventsPerSecond { get; init; }

    /// <summary>Levels a side, 5 to 100; <see langword="null"/> (the default) for 10 to 25, by instrument.</summary>
    public int? Depth { get; init; }

    /// <summary>Whether every book record carries the checksum that Kraken would send: CRC-32 over the ten best levels a side.</summary>
    public bool HasChecksums { get; init; }

    /// <summary>How long a record takes to us at the least. Default 2 ms.</summary>
    public long FeedDelayNanos { get; init; } = 2 * UtcNanos.PerMillisecond;

    /// <summary>What chance adds to it at the most; records of one feed stay in order. Default 1 ms.</summary>
    public long FeedJitterNanos { get; init; } = UtcNanos.PerMillisecond;

    /// <summary>Planted mispricings; zero for none. Default 6.</summary>
    public int MispricingsPerMinute { get; init; } = 6;

    /// <summary>The fee a leg that a planted mispricing still pays after, bps received in kind. Default 26.</summary>
    public int MispricingFeeBps { get; init; } = 26;

    /// <summary>What a planted mispricing pays at the best prices after those fees, bps. Default 2 to 20.</summary>
    public (int Min, int Max) MispricingMarginBps { get; init; } = (2, 20);

    /// <summary>Share of planted mispricings, percent, that vanish within 5 to 60 ms; the others last 300 ms to 3 s. Default 50.</summary>
    public int BriefPercent { get; init; } = 50;

    /// <exception cref="ArgumentException">Says which term is off and what was found.</exception>
    public MarketTerms Validated()
    {
        Require(Instruments is >= 1 and <= 2000, "Instruments is 1 to 2000", Instruments);
        Require(EventsPerSecond is >= 0 and <= 10_000_000, "EventsPerSecond is 0 (25 an instrument) to 10,000,000", EventsPerSecond);
        Require(Depth is null or (>= 5 and <= 100), "Depth is 5 to 100 levels", Depth ?? 0);
        Require(FeedDelayNanos is >= 0 and <= 60 * UtcNanos.PerSecond, "FeedDelayNanos is 0 to 60 s", FeedDelayNanos);
        Require(FeedJitterNanos is >= 0 and <= 60 * UtcNanos.PerSecond, "FeedJitterNanos is 0 to 60 s", FeedJitterNanos);
        Require(MispricingsPerMinute is >= 0 and <= 600, "MispricingsPerMinute is 0 to 600", MispricingsPerMinute);
        Require(MispricingFeeBps is >= 0 and <= 200, "MispricingFeeBps is 0 to 200", MispricingFeeBps);
        Require(MispricingMarginBps.Min >= 1, "MispricingMarginBps starts at 1", MispricingMarginBps.Min);
        Require(MispricingMarginBps.Max <= 1000, "MispricingMarginBps ends at 1000", MispricingMarginBps.Max);
        Require(MispricingMarginBps.Min <= MispricingMarginBps.Max, "MispricingMarginBps runs upwards", MispricingMarginBps.Max);
        Require(BriefPercent is >= 0 and <= 100, "BriefPercent is 0 to 100", BriefPercent);
        return EventsPerSecond == 0 ? this with { EventsPerSecond = 25 * Instruments } : this;

        static void Require(bool holds, string rule, long found)
        {
            if (!holds)
            {
                throw new ArgumentException($"A seeded market's {rule}; found {found}.");
            }
        }
    }
}
