namespace Parallax.Trading.Risk;

/// <summary>One number among the limits: what settings, journal and documentation say about it.</summary>
/// <param name="Key">Without its section: <c>daily-loss</c>.</param>
/// <param name="Unit">Empty for a plain ratio.</param>
/// <param name="Conservative">Default of the profile of this name; the moderate default is that of <see cref="RiskLimits"/>.</param>
/// <param name="Summary">One sentence.</param>
public sealed record LimitTerm(
    string Key,
    string Unit,
    decimal Min,
    decimal Max,
    bool IsWhole,
    decimal Conservative,
    decimal Aggressive,
    string Summary,
    Func<RiskLimits, decimal> Read,
    Func<RiskLimits, decimal, RiskLimits> With)
{
    public decimal Moderate => Read(new RiskLimits());
}

/// <summary>The limits of account, market and pace in one list. Those of a single plan, from <c>book-age-ms</c> to <c>open-plans</c>, have settings of their own.</summary>
/// <remarks>A new numeric limit is a property of <see cref="RiskLimits"/> and a line here.</remarks>
public static class LimitCatalog
{
    private const decimal Trillion = 1_000_000_000_000m;
    private const decimal DayMillis = 86_400_000m;
    private const string Money = "reporting currency";

    public static IReadOnlyList<LimitTerm> All { get; } =
    [
        Number("confidence-min", "", 0m, 1m, 0.5m, 0.2m, "Least confidence in an opportunity: fresh books, depth, survival, venue, history.",
            limits => limits.ConfidenceMin, (limits, value) => limits with { ConfidenceMin = value }),
        Number("risk-score", "", 0m, 1m, 0.5m, 0.85m, "Largest risk score of an opportunity: latency, inventory, legs, concentration, volatility.",
            limits => limits.RiskScoreMax, (limits, value) => limits with { RiskScoreMax = value }),
        Number("slippage-bps", "bps", 0m, 10_000m, 20m, 100m, "Most that a plan's size may cost against the best prices.",
            limits => limits.SlippageBpsMax, (limits, value) => limits with { SlippageBpsMax = value }),
        Number("volatility", "annualised", 0m, 1_000m, 1.5m, 8m, "Largest volatility of a leg's mid; 1 is 100 % a year.",
            limits => limits.VolatilityMax, (limits, value) => limits with { VolatilityMax = value }),
        Number("spread-multiple", "times the median", 1m, 1_000m, 4m, 10m, "A wider spread against its running median is no market to trade on.",
            limits => limits.SpreadMultipleMax, (limits, value) => limits with { SpreadMultipleMax = value }),
        Number("outlier-bps", "bps", 1m, 100_000m, 1_000m, 3_000m, "How far a mid may be from its last one, or from the same pair elsewhere; beyond it the market is set aside.",
            limits => limits.OutlierBpsMax, (limits, value) => limits with { OutlierBpsMax = value }),
        Number("depeg-bps", "bps", 0m, 10_000m, 30m, 100m, "How far a stable coin may be from its peg; beyond it no plan goes through it.",
            limits => limits.DepegBpsMax, (limits, value) => limits with { DepegBpsMax = value }),
        Number("depeg-halt-bps", "bps", 0m, 10_000m, 100m, 300m, "Beyond this not even an order that reduces goes through the coin.",
            limits => limits.DepegHaltBps, (limits, value) => limits with { DepegHaltBps = value }),
        Number("venue-health-min", "", 0m, 1m, 0.7m, 0.3m, "Least health score of a venue: clean order answers and a steady connection.",
            limits => limits.VenueHealthMin, (limits, value) => limits with { VenueHealthMin = value }),
        Whole("open-orders", "orders", 0m, 1_000m, 6m, 30m, "Orders out at one time, all legs of the new plan included.",
            limits => limits.OpenOrdersMax, (limits, value) => limits with { OpenOrdersMax = (int)value }),
        Whole("orders-per-minute", "orders", 0m, 1_000_000m, 30m, 240m, "Orders sent in any minute; a fifth of it is kept for cancels and unwinding.",
            limits => limits.OrdersPerMinuteMax, (limits, value) => limits with { OrdersPerMinuteMax = (int)value }),
        Number("turnover-per-minute", Money, 0m, Trillion, 5_000m, 100_000m, "What plans may spend in any minute.",
            limits => limits.TurnoverPerMinuteMax, (limits, value) => limits with { TurnoverPerMinuteMax = value }),
        Number("asset-exposure", Money, 0m, Trillion, 2_000m, 20_000m, "At risk in one asset: what open plans pass through it and what earlier ones left.",
            limits => limits.AssetExposureMax, (limits, value) => limits with { AssetExposureMax = value }),
        Number("market-exposure", Money, 0m, Trillion, 2_000m, 20_000m, "At risk in one market.",
            limits => limits.MarketExposureMax, (limits, value) => limits with { MarketExposureMax = value }),
        Number("venue-exposure", Money, 0m, Trillion, 5_000m, 50_000m, "At risk at one venue.",
            limits => limits.VenueExposureMax, (limits, value) => limits with { VenueExposureMax = value }),
        Number("total-exposure", Money, 0m, Trillion, 5_000m, 50_000m, "At risk altogether.",
            limits => limits.TotalExposureMax, (limits, value) => limits with { TotalExposureMax = value }),
        Number("concentration", "share of the equity", 0m, 1m, 0.4m, 0.75m, "At risk at one venue, where more than one is traded.",
            limits => limits.ConcentrationMax, (limits, value) => limits with { ConcentrationMax = value }),
        Number("plan-loss", Money, 0.00000001m, Trillion, 10m, 100m, "A plan that loses so much opens the breaker of its strategy.",
            limits => limits.PlanLossMax, (limits, value) => limits with { PlanLossMax = value }),
        Number("hourly-loss", Money, 0.00000001m, Trillion, 25m, 250m, "Loss of the last hour at which no plan is opened.",
            limits => limits.HourlyLossMax, (limits, value) => limits with { HourlyLossMax = value }),
        Number("daily-loss", Money, 0.00000001m, Trillion, 50m, 500m, "Loss of the UTC day, open losses included, at which trading halts.",
            limits => limits.DailyLossMax, (limits, value) => limits with { DailyLossMax = value }),
        Number("drawdown", "share of the peak", 0.0001m, 1m, 0.03m, 0.1m, "Loss from the highest equity at which trading halts.",
            limits => limits.DrawdownMax, (limits, value) => limits with { DrawdownMax = value }),
        Whole("loss-streak", "plans", 1m, 1_000m, 3m, 8m, "Losing plans in a row at which no plan is opened.",
            limits => limits.LossStreakMax, (limits, value) => limits with { LossStreakMax = (int)value }),
        Whole("state-hold-ms", "ms", 0m, DayMillis, 900_000m, 60_000m, "How long a trading state lasts at the least before a lighter one follows.",
            limits => limits.StateHoldMillis, (limits, value) => limits with { StateHoldMillis = (long)value }),
        Whole("breaker-failures", "failures", 1m, 1_000m, 3m, 8m, "Failed orders in a row that open a breaker.",
            limits => limits.BreakerFailuresMax, (limits, value) => limits with { BreakerFailuresMax = (int)value }),
        Number("breaker-error-rate", "share of orders", 0m, 1m, 0.1m, 0.3m, "Share of failed orders above which a breaker opens.",
            limits => limits.BreakerErrorRateMax, (limits, value) => limits with { BreakerErrorRateMax = value }),
        Whole("breaker-samples", "orders", 1m, 1_000m, 10m, 10m, "Orders in the window that the error rate needs.",
            limits => limits.BreakerSamplesMin, (limits, value) => limits with { BreakerSamplesMin = (int)value }),
        Whole("breaker-window-ms", "ms", 1m, DayMillis, 60_000m, 60_000m, "Window of the error rate.",
            limits => limits.BreakerWindowMillis, (limits, value) => limits with { BreakerWindowMillis = (long)value }),
        Whole("breaker-pause-ms", "ms", 1m, DayMillis, 60_000m, 15_000m, "First pause of an open breaker; doubled after each probe that fails.",
            limits => limits.BreakerPauseMillis, (limits, value) => limits with { BreakerPauseMillis = (long)value }),
        Whole("breaker-pause-max-ms", "ms", 1m, DayMillis, 480_000m, 120_000m, "Longest pause of an open breaker.",
            limits => limits.BreakerPauseMillisMax, (limits, value) => limits with { BreakerPauseMillisMax = (long)value }),
        Whole("breaker-probes", "orders", 1m, 100m, 3m, 1m, "Probes, one at a time, that must succeed before a breaker closes.",
            limits => limits.BreakerProbes, (limits, value) => limits with { BreakerProbes = (int)value }),
    ];

    /// <summary>Every one of these limits where it binds least: for simulations in which nothing is at stake. Never the default of anything that trades.</summary>
    public static RiskLimits Loosened(this RiskLimits limits) =>
        All.Aggregate(limits, (loose, term) => term.With(loose, term.Key.EndsWith("-min", StringComparison.Ordinal) ? term.Min : term.Max));

    private static LimitTerm Number(
        string key, string unit, decimal min, decimal max, decimal conservative, decimal aggressive, string summary,
        Func<RiskLimits, decimal> read, Func<RiskLimits, decimal, RiskLimits> with) =>
        new(key, unit, min, max, IsWhole: false, conservative, aggressive, summary, read, with);

    private static LimitTerm Whole(
        string key, string unit, decimal min, decimal max, decimal conservative, decimal aggressive, string summary,
        Func<RiskLimits, decimal> read, Func<RiskLimits, decimal, RiskLimits> with) =>
        new(key, unit, min, max, IsWhole: true, conservative, aggressive, summary, read, with);
}
