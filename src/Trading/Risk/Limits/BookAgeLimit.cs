namespace Parallax.Trading.Risk.Limits;

/// <summary>No leg stands on a book older than the limit.</summary>
internal static class BookAgeLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, in Proposal proposal, out Refused refused)
    {
        foreach (ref readonly var leg in proposal.Legs)
        {
            var ageNanos = Millis.Nanos(leg.ReceivedTimeNanos, state.NowNanos);
            if (Millis.Exceeds(ageNanos, limits.BookAgeMillisMax))
            {
                refused = new Refused(RefusalReason.BookAge, Millis.Of(ageNanos), limits.BookAgeMillisMax);
                return true;
            }
        }

        refused = default;
        return false;
    }
}
