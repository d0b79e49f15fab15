namespace Parallax.Trading.Risk.Limits;

/// <summary>No plan at times of the day at which nobody wants one.</summary>
internal static class QuietHoursLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.QuietHours, 1m, 0m);
        return limits.QuietHours.Contains(state.NowNanos);
    }
}
