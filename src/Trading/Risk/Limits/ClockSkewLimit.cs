namespace Parallax.Trading.Risk.Limits;

/// <summary>The venue's time of each book agrees with when we received it, either way: else a feed lags or a clock is off.</summary>
internal static class ClockSkewLimit
{
    public static bool Refuses(RiskLimits limits, in Proposal proposal, out Refused refused)
    {
        foreach (ref readonly var leg in proposal.Legs)
        {
            if (leg.VenueTimeNanos is not { } venueTimeNanos)
            {
                continue;
            }

            var skewNanos = Millis.Nanos(Math.Min(leg.ReceivedTimeNanos, venueTimeNanos), Math.Max(leg.ReceivedTimeNanos, venueTimeNanos));
            if (Millis.Exceeds(skewNanos, limits.ClockSkewMillisMax))
            {
                refused = new Refused(RefusalReason.ClockSkew, Millis.Of(skewNanos), limits.ClockSkewMillisMax);
                return true;
            }
        }

        refused = default;
        return false;
    }
}
