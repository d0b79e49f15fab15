namespace Parallax.Trading.Risk.Limits;

/// <summary>No leg stands on a price that left its own market behind.</summary>
internal static class OutlierLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.Outlier, state.OutlierBps, limits.OutlierBpsMax);
        return state.OutlierBps > limits.OutlierBpsMax;
    }
}
