namespace Parallax.Trading.Risk.Limits;

/// <summary>No leg is on a market that runs, or whose spread has opened.</summary>
internal static class VolatilityLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.Volatility, state.Volatility, limits.VolatilityMax);
        return state.IsVolatile || state.Volatility > limits.VolatilityMax;
    }
}
