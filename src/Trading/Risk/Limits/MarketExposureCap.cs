namespace Parallax.Trading.Risk.Limits;

/// <summary>Only so much is at risk in one market.</summary>
internal static class MarketExposureCap
{
    /// <returns>In the start asset; negative when more is at risk than may be.</returns>
    public static decimal InputAmountMax(RiskLimits limits, in RiskState state, decimal startAssetPrice) =>
        InStartAsset.Of(limits.MarketExposureMax - state.MarketExposure, startAssetPrice);
}
