using Parallax.Simulation.SeededMarket;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.VenueServers.Kraken;

/// <summary>What a <see cref="KrakenServer"/> serves and how it misbehaves.</summary>
public sealed record KrakenServerOptions
{
    /// <summary>TCP port on the loopback address; 0 (the default) for any free one.</summary>
    public int Port { get; init; }

    /// <summary>Of the market and of the rivals. Default 55_708: a seed whose coins cost about what their namesakes do.</summary>
    public ulong Seed { get; init; } = 55_708;

    /// <summary>Instruments of the seeded market, 1 to 2,000; a tape brings its own. Default 30.</summary>
    public int Instruments { get; init; } = 30;

    /// <summary>Market records a second, all instruments together; a tape has its own rate. Default 600.</summary>
    public int MarketRate { get; init; } = 600;

    /// <summary>Path of a tape to play instead of the seeded market; <see langword="null"/> (the default) for none.</summary>
    public string? Tape { get; init; }

    /// <summary>How many seconds of the tape pass in one second; positive. Default 1.</summary>
    public decimal Speed { get; init; } = 1;

    /// <summary>Who may trade. Default nobody: public data only.</summary>
    public IReadOnlyList<KrakenAccount> Accounts { get; init; } = [];

    /// <summary>What trading costs.</summary>
    public KrakenFees Fees { get; init; } = new();

    /// <summary>How much one account may ask; <see langword="null"/> (the default) for as much as it likes.</summary>
    public KrakenRates? Rates { get; init; }

    /// <summary>The others who see the same mispricings.</summary>
    public RivalTerms Rivals { get; init; } = new();

    /// <summary>What goes wrong on purpose. Default nothing.</summary>
    public FaultTerms Faults { get; init; } = FaultTerms.None;

    /// <summary>The same seed and the same sequence of frames and orders give the same faults. Default 1.</summary>
    public ulong FaultSeed { get; init; } = 1;

    /// <summary>
    /// What the seeded market is like, but for seed, instruments, rate and start time, which the options above and the clock say.
    /// </summary>
    /// <remarks>
    /// The default plants a mispricing every two seconds or so. Margins are reckoned with 20 bps a leg, less than the default taker fee
    /// of 26: about a third of what looks good before fees is not worth it after them, the rest pays up to some 40 bps.
    /// </remarks>
    public MarketTerms Market { get; init; } = new()
    {
        Seed = 0,
        Depth = 25,
        MispricingsPerMinute = 40,
        MispricingFeeBps = 20,
        MispricingMarginBps = (1, 60),
        BriefPercent = 30,
    };
}
