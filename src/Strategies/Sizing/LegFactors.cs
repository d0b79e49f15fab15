using Parallax.Domain;

namespace Parallax.Strategies.Sizing;

/// <summary>A leg's terms as every sizing asks for them, worked out once: decimals in binary64, and which amount the fee changes.</summary>
internal sealed class LegFactors(LegTerms terms)
{
    public readonly double Tick = (double)terms.TickSize;

    public readonly double Lot = (double)terms.LotSize;

    public readonly double FeeRate = (double)terms.Fee.Rate;

    public readonly double FeeFactor = (double)terms.FeeFactor;

    public readonly FeeAsset FeeAsset = terms.FeeAsset;

    public readonly bool IsFeeOnSpent = terms.IsFeeOnSpent;

    public readonly bool IsFeeOnReceived = terms.IsFeeOnReceived;

    public readonly (int Spent, int Received) Decimals = Lots.LotUnits.Decimals(terms);
}
