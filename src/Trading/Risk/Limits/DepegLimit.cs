namespace Parallax.Trading.Risk.Limits;

/// <summary>No way leads through a stable coin that is off its peg; far off it not even an order that reduces.</summary>
internal static class DepegLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, in Proposal proposal, out Refused refused)
    {
        var max = proposal.IsReduceOnly ? limits.DepegHaltBps : limits.DepegBpsMax;
        refused = new Refused(RefusalReason.Depeg, state.DepegBps, max);
        return state.DepegBps > max;
    }
}
