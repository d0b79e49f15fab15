namespace Parallax.Trading.Risk.Limits;

/// <summary>Only so much is at risk at one venue.</summary>
internal static class VenueExposureCap
{
    /// <returns>In the start asset; negative when more is at risk than may be.</returns>
    public static decimal InputAmountMax(RiskLimits limits, in RiskState state, decimal startAssetPrice) =>
        InStartAsset.Of(limits.VenueExposureMax - state.VenueExposure, startAssetPrice);
}
