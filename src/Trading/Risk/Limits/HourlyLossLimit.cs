namespace Parallax.Trading.Risk.Limits;

/// <summary>The last hour has not lost its limit; a loss equal to it has.</summary>
internal static class HourlyLossLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.HourlyLoss, state.HourlyLoss, limits.HourlyLossMax);
        return state.HourlyLoss >= limits.HourlyLossMax;
    }
}
