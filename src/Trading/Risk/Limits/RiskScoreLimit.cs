namespace Parallax.Trading.Risk.Limits;

/// <summary>What may go wrong on the way is in proportion.</summary>
internal static class RiskScoreLimit
{
    public static bool Refuses(RiskLimits limits, in Proposal proposal, out Refused refused)
    {
        refused = new Refused(RefusalReason.RiskScore, proposal.RiskScore, limits.RiskScoreMax);
        return proposal.RiskScore > limits.RiskScoreMax;
    }
}
