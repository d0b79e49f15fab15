namespace Parallax.Trading.Risk.Limits;

/// <summary>The equity is not that far below its peak; as far is too far.</summary>
internal static class DrawdownLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.Drawdown, state.Drawdown, limits.DrawdownMax);
        return state.Drawdown >= limits.DrawdownMax;
    }
}
