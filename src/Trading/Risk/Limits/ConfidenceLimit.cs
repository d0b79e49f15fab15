namespace Parallax.Trading.Risk.Limits;

/// <summary>The opportunity is likely enough to be there when the orders arrive.</summary>
internal static class ConfidenceLimit
{
    public static bool Refuses(RiskLimits limits, in Proposal proposal, out Refused refused)
    {
        refused = new Refused(RefusalReason.Confidence, proposal.Confidence, limits.ConfidenceMin);
        return proposal.Confidence < limits.ConfidenceMin;
    }
}
