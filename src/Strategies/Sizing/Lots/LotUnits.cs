using Parallax.Domain;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Sizing.Lots;

/// <summary>Finds the decimals with which every amount of an asset is a whole number: lots, notionals, fees and fee steps.</summary>
internal static class LotUnits
{
    /// <summary>Decimals that a leg needs for the asset it spends and for the asset it receives.</summary>
    public static (int Spent, int Received) Decimals(LegTerms leg)
    {
        var lot = DecimalsOf(leg.LotSize);
        var notional = DecimalsOf((Rational)leg.TickSize * leg.LotSize);
        var (spent, received) = leg.Side == Side.Buy ? (notional, lot) : (lot, notional);
        return (
            leg.IsFeeOnSpent ? WithFee(spent, leg.Fee) : spent,
            leg.IsFeeOnReceived ? WithFee(received, leg.Fee) : received);
    }

    private static int WithFee(int decimals, FeeTerms fee) =>
        fee.Step is { } step ? Math.Max(decimals, DecimalsOf(step)) : decimals + DecimalsOf(fee.Rate);

    private static int DecimalsOf(Rational value)
    {
        var decimals = 0;
        for (var scaled = value; !scaled.Denominator.IsOne; scaled *= 10)
        {
            decimals++;
        }

        return decimals;
    }
}
