namespace Parallax.Trading.Risk.Limits;

/// <summary>So many plans at one time, this one included.</summary>
internal static class OpenPlansLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.OpenPlans, state.OpenPlans + 1m, limits.OpenPlansMax);
        return state.OpenPlans >= limits.OpenPlansMax;
    }
}
