using Parallax.Trading.Risk.Guards;

namespace Parallax.Trading.Risk.Limits;

/// <summary>No leg is on a market that runs, or that has not calmed down since it did.</summary>
internal static class VolatilityLimit
{
    private const decimal ReleaseShare = (decimal)VolatilityTerms.ReleaseShare;

    public static bool Refuses(RiskLimits limits, in RiskState state, out Refused refused)
    {
        // A market that ran is let back in lower than it was stopped; the refusal says which of the two it was held against.
        var isAbove = state.Volatility > limits.VolatilityMax;
        refused = new Refused(RefusalReason.Volatility, state.Volatility, isAbove ? limits.VolatilityMax : limits.VolatilityMax * ReleaseShare);
        return isAbove || state.IsVolatile;
    }
}
