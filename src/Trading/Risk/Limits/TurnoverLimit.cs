namespace Parallax.Trading.Risk.Limits;

/// <summary>No more is spent in a minute than anyone can follow.</summary>
internal static class TurnoverLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.Turnover, state.RecentTurnover, limits.TurnoverPerMinuteMax);
        return state.RecentTurnover >= limits.TurnoverPerMinuteMax;
    }
}
