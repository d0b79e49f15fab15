using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Risk;

namespace Parallax.Dashboard.Tests;

/// <summary>A session in which something waits for an operator.</summary>
internal static class Attention
{
    private static readonly VenueId Venue = new("kraken");

    public static SessionSnapshot Waiting(SessionSnapshot picture) => picture with
    {
        Residuals =
        [
            new ResidualView(3, new Asset("BTC"), Venue, 0.002m, new Asset("USD"), 120.5m, 119.9m, 121.25m, 1, 17, picture.Time - (3_725 * UtcNanos.PerSecond)),
            new ResidualView(4, new Asset("ETH"), Venue, 0.75m, new Asset("USD"), 1_500m, null, null, 1, 19, picture.Time - UtcNanos.PerSecond),
        ],
        Drifts = [new BalanceDriftView(new Asset("BTC"), Venue, 1.5m, 1.25m, 0.00000001m)],
        Estimates = new EstimatesView(
            [new RouteKnowledge("USD>BTC>ETH>USD", ExecutionPolicy.Hybrid, 40, 30, 12, 0.7625m, 9.5m)],
            [.. new CalibrationBucket[7], new CalibrationBucket(40, 30, 31m), default, default],
            0.19m),
        Breakers =
        [
            new BreakerView("global", BreakerState.Closed, "", 1, 5, null, 30 * UtcNanos.PerSecond),
            new BreakerView("strategy:cycles", BreakerState.HalfOpen, "plan-loss", 0, 5, null, 30 * UtcNanos.PerSecond),
            new BreakerView("venue:kraken", BreakerState.Open, "consecutive", 0, 5, picture.Time + (25 * UtcNanos.PerSecond), 60 * UtcNanos.PerSecond),
        ],
    };
}
