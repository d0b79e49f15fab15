using Parallax.Simulation.Faults;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Trading.Engine;

namespace Parallax.Cli.Systems;

/// <summary>Everything a backtest needs besides its tape.</summary>
public sealed record BacktestSettings
{
    public required EngineSettings Engine { get; init; }

    /// <summary>From the engine's decision to the order's arrival at the venue.</summary>
    public required LatencyQuantiles Entry { get; init; }

    /// <summary>From the venue's matching to the engine's knowledge of it.</summary>
    public required LatencyQuantiles Response { get; init; }

    /// <summary>What the venue does wrong, how often; nothing by default.</summary>
    public OrderFaultRates Faults { get; init; } = new();

    public SimulatedVenueTerms Venue { get; init; } = new();

    /// <summary>Of every chance in the simulation.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many of the cycles that came closest are reported.</summary>
    public int NearestMisses { get; init; } = NearestMissesShown;

    public const int NearestMissesShown = 5;

    public ILatencyModel Latency() => new QuantileLatency(Entry, Response, Seed);
}
