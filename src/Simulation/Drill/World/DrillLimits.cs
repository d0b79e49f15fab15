using Parallax.Trading.Risk;

namespace Parallax.Simulation.Drill.World;

/// <summary>The limits of the small world: caps as in life, pauses short enough that trading can go on within the drill, and no guard against its wild prices.</summary>
public static class DrillLimits
{
    public static RiskLimits Default { get; } = new()
    {
        ReserveFraction = 0m,
        OpenPlansMax = 3,
        ConfidenceMin = 0m,
        RiskScoreMax = 1m,
        SlippageBpsMax = 10_000m,
        VolatilityMax = 1_000m,
        SpreadMultipleMax = 1_000m,
        OutlierBpsMax = 100_000m,
        VenueHealthMin = 0m,
        OrdersPerMinuteMax = 100_000,
        TurnoverPerMinuteMax = 1_000_000m,
        PlanLossMax = 1_000m,
        HourlyLossMax = 5_000m,
        DailyLossMax = 5_000m,
        DrawdownMax = 1m,
        LossStreakMax = 1_000,
        StateHoldMillis = 1_000,
        BreakerWindowMillis = 5_000,
        BreakerPauseMillis = 1_000,
        BreakerPauseMillisMax = 4_000,
    };
}
