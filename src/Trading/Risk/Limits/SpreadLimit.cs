namespace Parallax.Trading.Risk.Limits;

/// <summary>No leg is on a market whose spread has opened against its own running median.</summary>
internal static class SpreadLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.Spread, state.SpreadMultiple, limits.SpreadMultipleMax);
        return state.SpreadMultiple > limits.SpreadMultipleMax;
    }
}
