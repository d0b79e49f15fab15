using Parallax.Cli.Systems;
using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Trading.Engine;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Tests.Systems;

/// <summary>A recorded session on a seeded market that runs by the real clock, with a simulated venue that rejects and stays silent now and then.</summary>
internal static class SeededSession
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static LiveSessionOptions Options(string folder) => new()
    {
        DataFolder = folder,
        Settings = new EngineSettings
        {
            Mode = "paper",
            FollowsRefusals = true,
            Capital = new Dictionary<Asset, decimal> { [new Asset("USD")] = 100_000m },
            StartAssets = [new Asset("USD")],
            Fees = new FeeTable(new FeeTerms(0.001m, FeeMode.Receive)),
            Limits = new RiskLimits { NetEdgeBpsMin = 0m, NotionalMax = 100_000m, NotionalMin = 0m, BookAgeMillisMax = 60_000, LegCoherenceMillisMax = 60_000 }.Loosened(),
        },
    };

    public static PaperVenue Venue(EngineSettings settings) => new(
        settings.Fees,
        new ConstantLatency(2 * UtcNanos.PerMillisecond, UtcNanos.PerMillisecond),
        new SeededOrderFaults(new OrderFaultRates { Reject = 0.05, ResponseLoss = 0.05 }, seed: 3),
        new SimulatedVenueTerms { DeadlineNanos = 20 * UtcNanos.PerMillisecond },
        seed: 3);

    public static async Task<SessionReport> RunAsync(string folder, Func<LiveSession, LiveMarketFeed, Task> during)
    {
        await using var session = await LiveSession.OpenAsync(Options(folder), TimeProvider.System);
        using var market = new LiveMarketFeed(session.Feed("feed"), session.Clock);
        var venue = Venue(session.Settings);
        session.Start(venue, market, () => [], venue);
        market.Start();
        await during(session, market);
        return await session.StopAsync(Patience);
    }
}
