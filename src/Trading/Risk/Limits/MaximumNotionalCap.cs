namespace Parallax.Trading.Risk.Limits;

/// <summary>One plan spends at most so much; half of it while trading is cautious or a breaker admits probes.</summary>
internal static class MaximumNotionalCap
{
    /// <returns>In the start asset.</returns>
    public static decimal InputAmountMax(RiskLimits limits, in RiskState state, decimal startAssetPrice) =>
        InStartAsset.Of(state.IsHalved ? limits.NotionalMax / 2m : limits.NotionalMax, startAssetPrice);
}
