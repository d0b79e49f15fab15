namespace Parallax.Trading.Risk.Limits;

/// <summary>Only so much is at risk altogether.</summary>
internal static class TotalExposureCap
{
    /// <returns>In the start asset; negative when more is at risk than may be.</returns>
    public static decimal InputAmountMax(RiskLimits limits, in RiskState state, decimal startAssetPrice) =>
        InStartAsset.Of(limits.TotalExposureMax - state.TotalExposure, startAssetPrice);
}
