namespace Parallax.Trading.Risk;

/// <summary>One plan spends at most so much.</summary>
internal static class MaximumNotionalCap
{
    /// <returns>In the start asset.</returns>
    public static decimal InputAmountMax(RiskLimits limits, decimal startAssetPrice) => limits.NotionalMax / startAssetPrice;
}
