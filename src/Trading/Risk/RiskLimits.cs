namespace Parallax.Trading.Risk;

/// <summary>Every limit, with a conservative default: a limit that nobody set is not a limit that is off.</summary>
/// <remarks>
/// Money is in the reporting currency. Immutable: a plan keeps the limits it started with. Ranges, units and what resets each stand in
/// <see cref="LimitCatalog"/>; the defaults are those of the profile <c>moderate</c>.
/// </remarks>
public sealed record RiskLimits
{
    private const long DayMillis = 86_400_000;

    /// <summary>Oldest book a leg may stand on. Default 500; 0 to a day. An age equal to it passes.</summary>
    public long BookAgeMillisMax { get; init; } = 500;

    /// <summary>Largest difference between the received times of the legs' books. Default 250; 0 to a day.</summary>
    public long LegCoherenceMillisMax { get; init; } = 250;

    /// <summary>Largest difference, either way, between a book's venue time and its received time. Default 250; 0 to a day.</summary>
    public long ClockSkewMillisMax { get; init; } = 250;

    /// <summary>Smallest edge after fees and rounding. Default 5; 0 to 10 000. An edge equal to it passes.</summary>
    public decimal NetEdgeBpsMin { get; init; } = 5m;

    /// <summary>Most that one plan spends; larger ones are cut to it. Default 1 000; above 0, up to 10^12.</summary>
    public decimal NotionalMax { get; init; } = 1_000m;

    /// <summary>Least that is worth a plan. Default 10; 0 to <see cref="NotionalMax"/>.</summary>
    public decimal NotionalMin { get; init; } = 10m;

    /// <summary>Share of the start asset's balance that is never spent. Default 0.05; 0 to 1.</summary>
    public decimal ReserveFraction { get; init; } = 0.05m;

    /// <summary>Plans open at one time. Default 4; 0 to 1 000, 0 starts none.</summary>
    public int OpenPlansMax { get; init; } = 4;

    /// <summary>Smallest confidence in an opportunity, 0 to 1; equal passes.</summary>
    public decimal ConfidenceMin { get; init; } = 0.3m;

    /// <summary>Largest risk score of an opportunity, 0 to 1; equal passes.</summary>
    public decimal RiskScoreMax { get; init; } = 0.7m;

    /// <summary>Most that the plan's size may cost against the best prices, bps; equal passes.</summary>
    public decimal SlippageBpsMax { get; init; } = 50m;

    /// <summary>Annualised volatility of a leg's mid, 1 is 100 %; equal passes.</summary>
    public decimal VolatilityMax { get; init; } = 3m;

    /// <summary>A spread above this multiple of its running median is no market.</summary>
    public decimal SpreadMultipleMax { get; init; } = 6m;

    /// <summary>How far a mid may be from its last accepted one, or from the same pair elsewhere, bps; equal passes.</summary>
    public decimal OutlierBpsMax { get; init; } = 2_000m;

    /// <summary>How far a stable coin may be from its peg, bps; beyond it no plan is opened through it.</summary>
    public decimal DepegBpsMax { get; init; } = 50m;

    /// <summary>Beyond this nothing at all is sent through the coin, not even to reduce.</summary>
    public decimal DepegHaltBps { get; init; } = 200m;

    /// <summary>Smallest health score of a venue, 0 to 1; equal passes.</summary>
    public decimal VenueHealthMin { get; init; } = 0.5m;

    /// <summary>Orders that may be out at one time, those of the new plan included.</summary>
    public int OpenOrdersMax { get; init; } = 12;

    /// <summary>Orders sent in any minute; a fifth is kept for cancels and unwinding.</summary>
    public int OrdersPerMinuteMax { get; init; } = 60;

    /// <summary>What plans may spend in any minute.</summary>
    public decimal TurnoverPerMinuteMax { get; init; } = 20_000m;

    /// <summary>At risk in one asset: what open plans may hold of it and what earlier ones left.</summary>
    public decimal AssetExposureMax { get; init; } = 5_000m;

    /// <summary>At risk in one market.</summary>
    public decimal MarketExposureMax { get; init; } = 5_000m;

    /// <summary>At risk at one venue.</summary>
    public decimal VenueExposureMax { get; init; } = 10_000m;

    /// <summary>At risk altogether.</summary>
    public decimal TotalExposureMax { get; init; } = 10_000m;

    /// <summary>Share of the equity that may be at risk at one venue, where there is more than one.</summary>
    public decimal ConcentrationMax { get; init; } = 0.5m;

    /// <summary>A single plan that loses so much opens its strategy's breaker.</summary>
    public decimal PlanLossMax { get; init; } = 25m;

    /// <summary>Loss over the last hour at which no plan is opened.</summary>
    public decimal HourlyLossMax { get; init; } = 50m;

    /// <summary>Loss of the UTC day at which trading halts.</summary>
    public decimal DailyLossMax { get; init; } = 100m;

    /// <summary>Share of the peak equity that is lost when trading halts.</summary>
    public decimal DrawdownMax { get; init; } = 0.05m;

    /// <summary>Losing plans in a row at which no plan is opened.</summary>
    public int LossStreakMax { get; init; } = 5;

    /// <summary>How long a trading state lasts at the least before a lighter one follows.</summary>
    public long StateHoldMillis { get; init; } = 300_000;

    /// <summary>Failures in a row that open a breaker.</summary>
    public int BreakerFailuresMax { get; init; } = 5;

    /// <summary>Share of failures in the breaker's window above which it opens.</summary>
    public decimal BreakerErrorRateMax { get; init; } = 0.2m;

    /// <summary>Outcomes that the error rate needs.</summary>
    public int BreakerSamplesMin { get; init; } = 10;

    public long BreakerWindowMillis { get; init; } = 60_000;

    /// <summary>First pause of an open breaker; doubled after each failed probe.</summary>
    public long BreakerPauseMillis { get; init; } = 30_000;

    public long BreakerPauseMillisMax { get; init; } = 240_000;

    /// <summary>Probes that must succeed before a breaker closes.</summary>
    public int BreakerProbes { get; init; } = 2;

    /// <summary>Assets that are worth one unit of their peg.</summary>
    public StableCoins StableCoins { get; init; } = StableCoins.Usual;

    /// <summary>Times of the UTC day at which no plan is opened.</summary>
    public QuietHours QuietHours { get; init; } = QuietHours.None;

    /// <exception cref="ArgumentException">Names each limit that is out of range, what was found and what is allowed.</exception>
    public RiskLimits Validated()
    {
        var faults = new List<string>();
        Require(nameof(BookAgeMillisMax), BookAgeMillisMax, 0, DayMillis);
        Require(nameof(LegCoherenceMillisMax), LegCoherenceMillisMax, 0, DayMillis);
        Require(nameof(ClockSkewMillisMax), ClockSkewMillisMax, 0, DayMillis);
        Require(nameof(NetEdgeBpsMin), NetEdgeBpsMin, 0m, 10_000m);
        Require(nameof(NotionalMax), NotionalMax, 0.00000001m, 1_000_000_000_000m);
        Require(nameof(NotionalMin), NotionalMin, 0m, decimal.Max(0m, NotionalMax));
        Require(nameof(ReserveFraction), ReserveFraction, 0m, 1m);
        Require(nameof(OpenPlansMax), OpenPlansMax, 0, 1_000);
        foreach (var term in LimitCatalog.All)
        {
            Require(term.Key, term.Read(this), term.Min, term.Max);
        }

        return faults.Count == 0 ? this : throw new ArgumentException(string.Join(" ", faults));

        void Require(string limit, decimal found, decimal min, decimal max)
        {
            if (found < min || found > max)
            {
                faults.Add($"Risk limit {limit} must be from {min} to {max}; found {found}.");
            }
        }
    }
}
