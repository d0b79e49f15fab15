namespace Parallax.Trading.Risk.Limits;

/// <summary>The size does not walk too far into the books.</summary>
internal static class SlippageLimit
{
    public static bool Refuses(RiskLimits limits, in Proposal proposal, out Refused refused)
    {
        refused = new Refused(RefusalReason.Slippage, proposal.SlippageBps, limits.SlippageBpsMax);
        return proposal.SlippageBps > limits.SlippageBpsMax;
    }
}
