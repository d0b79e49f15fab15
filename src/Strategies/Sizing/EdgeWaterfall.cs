using Parallax.Domain;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Sizing;

/// <summary>How a plan's profit comes about, start asset: <c>Gross - Fees - Rounding = Profit</c>, to the last digit.</summary>
/// <param name="Gross">What the same input would earn on the same books without fees and without lots, to eighteen decimals, rounded down.</param>
/// <param name="Fees">What the fees take of it; a third asset's fee is no part of the flow and not in it.</param>
/// <param name="Rounding">What lots, fee steps and leftovers take.</param>
/// <param name="Profit">What the plan earns.</param>
public readonly record struct EdgeWaterfall(decimal Gross, decimal Fees, decimal Rounding, decimal Profit)
{
    internal const int Decimals = 18;

    internal static EdgeWaterfall Of(IReadOnlyList<ExactLeg> legs, decimal spent, decimal profit)
    {
        var free = legs.Select(leg => leg with { Fee = leg.Fee with { Rate = 0m } }).ToList();
        var gross = Earned(free, spent);
        var net = Earned([.. legs.Select(leg => leg.Fee.AssetOn(leg.Side) == FeeAsset.Third ? leg with { Fee = leg.Fee with { Rate = 0m } } : leg)], spent);
        return Of(gross, net, profit);
    }

    /// <param name="gross">Earned without fees, without lots.</param>
    /// <param name="net">Earned with fees, without lots.</param>
    internal static EdgeWaterfall Of(decimal gross, decimal net, decimal profit) => new(gross, gross - net, net - profit, profit);

    private static decimal Earned(IReadOnlyList<ExactLeg> legs, decimal spent)
    {
        // Where depth ends before the input does, the rest stays unspent.
        var size = ExactSizing.Size(legs, spent, Rational.Zero);
        return Rational.Floor(size.Profit, Decimals);
    }
}
