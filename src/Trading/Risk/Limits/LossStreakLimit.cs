namespace Parallax.Trading.Risk.Limits;

/// <summary>Not so many plans in a row have lost.</summary>
internal static class LossStreakLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.LossStreak, state.LossStreak, limits.LossStreakMax);
        return state.LossStreak >= limits.LossStreakMax;
    }
}
