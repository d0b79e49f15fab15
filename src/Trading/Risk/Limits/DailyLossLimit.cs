namespace Parallax.Trading.Risk.Limits;

/// <summary>The UTC day has not lost its limit; a loss equal to it has.</summary>
internal static class DailyLossLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.DailyLoss, state.DailyLoss, limits.DailyLossMax);
        return state.DailyLoss >= limits.DailyLossMax;
    }
}
