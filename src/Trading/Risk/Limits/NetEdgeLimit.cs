namespace Parallax.Trading.Risk.Limits;

/// <summary>The edge after fees and rounding is worth the risk of the legs.</summary>
internal static class NetEdgeLimit
{
    public static bool Refuses(RiskLimits limits, in Proposal proposal, out Refused refused)
    {
        refused = new Refused(RefusalReason.NetEdge, proposal.NetEdgeBps, limits.NetEdgeBpsMin);
        return proposal.NetEdgeBps < limits.NetEdgeBpsMin;
    }
}
