namespace Parallax.Trading.Risk;

/// <summary>What the limits look at besides the proposal: a copy taken at the moment of decision.</summary>
/// <remarks>Money is in the reporting currency where nothing else is said. Losses are positive; a gain counts as zero.</remarks>
public readonly record struct RiskState
{
    /// <summary>Engine time, UTC nanoseconds.</summary>
    public required long NowNanos { get; init; }

    public required bool IsKilled { get; init; }

    /// <summary>Plans that have begun and not ended, unwinding ones included.</summary>
    public required int OpenPlans { get; init; }

    /// <summary>Of the start asset at the venue where the plan begins.</summary>
    public required decimal Balance { get; init; }

    /// <summary>Balance minus what open plans have reserved; may be negative.</summary>
    public required decimal Available { get; init; }

    public RiskLevel Level { get; init; }

    /// <summary>The worst of the breakers on the plan's way; half-open stands for one that would admit a probe now.</summary>
    public BreakerState Breaker { get; init; }

    /// <summary>This opportunity was made a plan already.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>Lowest health score of the venues on the way, 0 to 1.</summary>
    public decimal VenueHealth { get; init; }

    /// <summary>Highest annualised volatility of the legs' mids.</summary>
    public decimal Volatility { get; init; }

    /// <summary>Widest spread of a leg that has opened, in its running median; zero while none has.</summary>
    public decimal SpreadMultiple { get; init; }

    /// <summary>A leg's guard has tripped, by volatility or by its spread, and not been released.</summary>
    public bool IsVolatile { get; init; }

    /// <summary>Furthest distance of a leg's mid from what it is held against, bps.</summary>
    public decimal OutlierBps { get; init; }

    /// <summary>Furthest distance of a coin on the way from its peg, bps.</summary>
    public decimal DepegBps { get; init; }

    /// <summary>Today's, UTC, open losses included.</summary>
    public decimal DailyLoss { get; init; }

    /// <summary>Of the last hour.</summary>
    public decimal HourlyLoss { get; init; }

    public int LossStreak { get; init; }

    /// <summary>Share of the peak equity.</summary>
    public decimal Drawdown { get; init; }

    public int OpenOrders { get; init; }

    /// <summary>Sent in the last minute.</summary>
    public int RecentOrders { get; init; }

    /// <summary>Spent by plans of the last minute.</summary>
    public decimal RecentTurnover { get; init; }

    /// <summary>At risk in that asset of the plan which has the most.</summary>
    public decimal AssetExposure { get; init; }

    /// <summary>At risk in that market of the plan which has the most.</summary>
    public decimal MarketExposure { get; init; }

    /// <summary>At risk at that venue of the plan which has the most.</summary>
    public decimal VenueExposure { get; init; }

    public decimal TotalExposure { get; init; }

    /// <summary>Venues that are traded.</summary>
    public int Venues { get; init; }

    /// <summary>What everything is worth.</summary>
    public decimal Equity { get; init; }

    /// <summary>Whether plans have to be half as large.</summary>
    public bool IsHalved => Level == RiskLevel.Cautious || Breaker == BreakerState.HalfOpen;
}
