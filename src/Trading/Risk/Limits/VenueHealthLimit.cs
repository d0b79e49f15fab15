namespace Parallax.Trading.Risk.Limits;

/// <summary>Every venue on the way does well enough.</summary>
internal static class VenueHealthLimit
{
    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.VenueHealth, state.VenueHealth, limits.VenueHealthMin);
        return state.VenueHealth < limits.VenueHealthMin;
    }
}
