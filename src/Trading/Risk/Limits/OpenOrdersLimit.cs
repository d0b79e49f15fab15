namespace Parallax.Trading.Risk.Limits;

/// <summary>So many orders out at one time, those of this plan included.</summary>
internal static class OpenOrdersLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, in Proposal proposal, out Refused refused)
    {
        refused = new Refused(RefusalReason.OpenOrders, (decimal)state.OpenOrders + proposal.NewOrders, limits.OpenOrdersMax);
        return state.OpenOrders + proposal.NewOrders > limits.OpenOrdersMax;
    }
}
