namespace Parallax.Trading.Risk.Limits;

/// <summary>The books of all legs are from about the same moment: prices that never stood together are no opportunity.</summary>
internal static class LegCoherenceLimit
{
    public static bool Refuses(RiskLimits limits, in Proposal proposal, out Refused refused)
    {
        refused = default;
        if (proposal.Legs.IsEmpty)
        {
            return false;
        }

        var oldest = proposal.Legs[0].ReceivedTimeNanos;
        var newest = oldest;
        foreach (ref readonly var leg in proposal.Legs)
        {
            oldest = Math.Min(oldest, leg.ReceivedTimeNanos);
            newest = Math.Max(newest, leg.ReceivedTimeNanos);
        }

        var apartNanos = Millis.Nanos(oldest, newest);
        if (!Millis.Exceeds(apartNanos, limits.LegCoherenceMillisMax))
        {
            return false;
        }

        refused = new Refused(RefusalReason.LegCoherence, Millis.Of(apartNanos), limits.LegCoherenceMillisMax);
        return true;
    }
}
