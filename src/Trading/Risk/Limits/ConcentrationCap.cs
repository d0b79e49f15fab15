namespace Parallax.Trading.Risk.Limits;

/// <summary>Where several venues are traded, one of them holds only a share of everything at risk.</summary>
internal static class ConcentrationCap
{
    /// <returns>In the start asset; <see langword="null"/> with a single venue, which cannot be a concentration.</returns>
    public static decimal? InputAmountMax(RiskLimits limits, in RiskState state, decimal startAssetPrice) =>
        state.Venues > 1 ? InStartAsset.Of((limits.ConcentrationMax * state.Equity) - state.VenueExposure, startAssetPrice) : null;
}
