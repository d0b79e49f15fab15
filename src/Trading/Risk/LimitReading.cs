namespace Parallax.Trading.Risk;

/// <summary>One limit as it stands now.</summary>
/// <param name="Name">The stable code of its refusal: <c>daily-loss</c>; <c>breaker</c> for a breaker.</param>
/// <param name="Owner">Whose it is: <c>account</c>, <c>asset:BTC</c>, <c>venue:kraken</c>, <c>strategy:cycles</c>, <c>global</c>.</param>
/// <param name="Value">In <paramref name="Unit"/>, as <paramref name="Threshold"/>.</param>
/// <param name="Resets">What makes it free again, in words.</param>
/// <param name="IsFloor">It is the least that is asked for, not the most that is allowed.</param>
/// <param name="State">Where the value does not say all: <c>open</c>, <c>half-open</c>, <c>halted</c>; empty otherwise.</param>
public sealed record LimitReading(
    string Name, string Owner, decimal Value, decimal Threshold, string Unit, string Resets, bool IsFloor = false, string State = "")
{
    /// <summary>How much of it is used, 0 to 1: at 1 it refuses.</summary>
    public decimal Used => State.Length > 0 ? 1m
        : IsFloor ? (Threshold >= 1m ? (Value < 1m ? 1m : 0m) : decimal.Clamp((1m - Value) / (1m - Threshold), 0m, 1m))
        : Threshold <= 0m ? 1m
        : decimal.Clamp(Value / Threshold, 0m, 1m);
}

/// <summary>All limits that have a state of their own, in one list, for page, API and command line.</summary>
public static class LimitReadings
{
    private const string Money = "reporting currency";

    /// <summary>Most important first. On the thread that owns the book.</summary>
    /// <param name="now">Engine time, UTC nanoseconds.</param>
    /// <param name="openPlans">Running now.</param>
    public static IReadOnlyList<LimitReading> Of(RiskBook book, long now, int openPlans)
    {
        var (limits, losses) = (book.Limits, book.Losses);
        var largest = book.Exposure.Largest;
        var list = new List<LimitReading>
        {
            new("daily-loss", "account", losses.DailyLoss, limits.DailyLossMax, Money, "the UTC day, or an operator", State: Halted(losses.Level, losses.Why, "daily-loss")),
            new("hourly-loss", "account", losses.HourlyLossAt(now), limits.HourlyLossMax, Money, "an hour after the loss, or an operator"),
            new("drawdown", "account", decimal.Round(losses.Drawdown, 6), limits.DrawdownMax, "share of the peak", "an operator", State: Halted(losses.Level, losses.Why, "drawdown")),
            new("loss-streak", "account", losses.Streak, limits.LossStreakMax, "plans", "a plan that gains, or an operator"),
            new("total-exposure", "account", book.Exposure.Total, limits.TotalExposureMax, Money, "plans that end, residuals that are worked off"),
            new("asset-exposure", largest is { } asset ? $"asset:{asset.Asset.Code}" : "account", largest?.AtRisk ?? 0m, limits.AssetExposureMax, Money, "plans that end, residuals that are worked off"),
            new("open-plans", "account", openPlans, limits.OpenPlansMax, "plans", "plans that end"),
            new("order-rate", "account", book.Pace.Orders(now), limits.OrdersPerMinuteMax * 0.8m, "orders a minute", "a minute"),
            new("turnover", "account", book.Pace.Turnover(now), limits.TurnoverPerMinuteMax, $"{Money} a minute", "a minute"),
        };
        foreach (var venue in book.Venues)
        {
            list.Add(new("venue-exposure", $"venue:{venue.Name}", book.Exposure.At(venue), limits.VenueExposureMax, Money, "plans that end, residuals that are worked off"));
            list.Add(new(
                "venue-health", $"venue:{venue.Name}", decimal.Round(book.HealthOf(venue), 4), limits.VenueHealthMin, "score",
                "a minute of clean answers, ten minutes of a steady connection", IsFloor: true));
        }

        foreach (var (scope, breaker) in book.Breakers.All)
        {
            list.Add(new(
                "breaker", scope.Text, breaker.FailuresInRow, limits.BreakerFailuresMax, "failures in a row", "its pause and probes that succeed, or an operator",
                State: breaker.State == BreakerState.Closed ? "" : breaker.State.Word()));
        }

        return list;
    }

    private static string Halted(RiskLevel level, string why, string limit) => level == RiskLevel.Halted && why == limit ? level.Word() : "";
}
