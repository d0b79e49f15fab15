namespace Parallax.Trading.Risk.Limits;

/// <summary>So many orders a minute, of which a fifth stays for cancels and unwinding.</summary>
internal static class OrderRateLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, in Proposal proposal, out Refused refused)
    {
        var max = limits.OrdersPerMinuteMax * 0.8m;
        refused = new Refused(RefusalReason.OrderRate, (decimal)state.RecentOrders + proposal.NewOrders, max);
        return state.RecentOrders + proposal.NewOrders > max;
    }
}
