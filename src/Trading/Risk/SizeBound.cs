using Parallax.Trading.Risk.Limits;

namespace Parallax.Trading.Risk;

/// <summary>The largest input that the limits allow at this moment, and which of them sets it.</summary>
/// <param name="InputAmountMax">In the start asset; zero or negative when nothing may be spent.</param>
public readonly record struct SizeBound(decimal InputAmountMax, RefusalReason SetBy)
{
    /// <summary>The smallest of all caps; of equal ones the first. Give it to the sizer, and its plan will not be clipped.</summary>
    /// <param name="startAssetPrice">Reporting currency per unit of the start asset; positive.</param>
    public static SizeBound Of(RiskLimits limits, in RiskState state, decimal startAssetPrice) =>
        new SizeBound(MaximumNotionalCap.InputAmountMax(limits, state, startAssetPrice), RefusalReason.MaximumNotional)
            .Or(BalanceCap.InputAmountMax(state), RefusalReason.Balance)
            .Or(AssetExposureCap.InputAmountMax(limits, state, startAssetPrice), RefusalReason.AssetExposure)
            .Or(MarketExposureCap.InputAmountMax(limits, state, startAssetPrice), RefusalReason.MarketExposure)
            .Or(VenueExposureCap.InputAmountMax(limits, state, startAssetPrice), RefusalReason.VenueExposure)
            .Or(ConcentrationCap.InputAmountMax(limits, state, startAssetPrice), RefusalReason.Concentration)
            .Or(TotalExposureCap.InputAmountMax(limits, state, startAssetPrice), RefusalReason.TotalExposure)
            .Or(ReserveCap.InputAmountMax(limits, state), RefusalReason.Reserve);

    private SizeBound Or(decimal? inputAmountMax, RefusalReason setBy) =>
        inputAmountMax < InputAmountMax ? new SizeBound(inputAmountMax.Value, setBy) : this;
}
