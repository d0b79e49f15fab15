using System.Numerics;
using Parallax.Domain;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Sizing.Lots;

/// <summary>A leg's terms as whole numbers: how many units a lot, a tick × lot and a fee are worth.</summary>
/// <remarks>
/// A notional is Σ price ticks × lots over the levels touched. What a buy spends is counted over the notional and what it receives over
/// the lots; a sell the other way round. The fee is <c>step × ⌈over × numerator / denominator⌉</c> units, over the lots when base pays
/// it and over the notional when quote does; a fee without a step has a unit fine enough for a denominator of one.
/// </remarks>
internal sealed class LotModel<T>
    where T : struct, IBinaryInteger<T>
{
    /// <exception cref="OverflowException">A number is too large for <typeparamref name="T"/>.</exception>
    public LotModel(LegTerms terms, int spentDecimals, int receivedDecimals)
    {
        Terms = terms;
        SpentDecimals = spentDecimals;
        SpentUnit = Math.Pow(10, -spentDecimals);
        ReceivedDecimals = receivedDecimals;
        IsBuy = terms.Side == Side.Buy;
        IsFeeOverLots = terms.FeeAsset == FeeAsset.Base;
        (IsFeeOnSpent, IsFeeOnReceived) = (terms.IsFeeOnSpent, terms.IsFeeOnReceived);
        var lot = (Rational)terms.LotSize;
        var notional = lot * terms.TickSize;
        SpentUnits = Whole((IsBuy ? notional : lot) * Scale(spentDecimals));
        ReceivedUnits = Whole((IsBuy ? lot : notional) * Scale(receivedDecimals));

        var feeScale = Scale(terms.IsFeeOnSpent ? spentDecimals : receivedDecimals);
        var isThird = terms.FeeAsset == FeeAsset.Third;
        var fee = isThird ? Rational.Zero : (IsFeeOverLots ? lot : notional) * terms.Fee.Rate * feeScale;
        var step = terms.Fee.Step is { } feeStep && !isThird ? feeScale * feeStep : Rational.One;
        FeeStep = Whole(step);
        FeeNumerator = T.CreateChecked((fee / step).Numerator);
        FeeDenominator = T.CreateChecked((fee / step).Denominator);
        NotionalMin = T.CreateChecked(Ceiling(terms.NotionalMin / notional));
        LotsMin = (long)Ceiling(terms.QuantityMin / lot);
        FeeDenominatorMax = double.CreateSaturating(FeeDenominator);
        PerUnitMax = double.CreateSaturating(T.Max(SpentUnits, ReceivedUnits))
            + (double.CreateSaturating(FeeStep) * (Math.Abs(double.CreateSaturating(FeeNumerator)) + 1));
    }

    public LegTerms Terms { get; }

    public int SpentDecimals { get; }

    /// <summary>The unit that the spent asset is counted in, in binary64.</summary>
    public double SpentUnit { get; }

    public int ReceivedDecimals { get; }

    public bool IsBuy { get; }

    public bool IsFeeOverLots { get; }

    public bool IsFeeOnSpent { get; }

    public bool IsFeeOnReceived { get; }

    /// <summary>Whether what is spent, its fee included, depends on the notional; otherwise the lots alone say it.</summary>
    public bool IsSpentOverNotional => IsBuy || (IsFeeOnSpent && !IsFeeOverLots);

    /// <inheritdoc cref="IsSpentOverNotional"/>
    public bool IsReceivedOverNotional => !IsBuy || (IsFeeOnReceived && !IsFeeOverLots);

    /// <summary>Units of the spent asset per tick × lot (buy) or per lot (sell), without fee.</summary>
    public T SpentUnits { get; }

    /// <summary>Units of the received asset per lot (buy) or per tick × lot (sell), without fee.</summary>
    public T ReceivedUnits { get; }

    public T FeeStep { get; }

    public T FeeNumerator { get; }

    public T FeeDenominator { get; }

    /// <summary>Smallest notional, ticks × lots.</summary>
    public T NotionalMin { get; }

    /// <summary>Smallest quantity, lots.</summary>
    public long LotsMin { get; }

    /// <summary><see cref="FeeDenominator"/> in binary64.</summary>
    public double FeeDenominatorMax { get; }

    /// <summary>An upper bound, in binary64, of the units that a lot or a tick × lot costs or delivers, fee included.</summary>
    public double PerUnitMax { get; }

    /// <summary>Whether the fee is a plain multiple, so that amounts are linear in what they are counted over.</summary>
    public bool IsFeeLinear => FeeDenominator == T.One;

    private static Rational Scale(int decimals) => new(BigInteger.Pow(10, decimals), 1);

    private static BigInteger Ceiling(Rational value) => -BigInteger.Divide(-value.Numerator - value.Denominator + 1, value.Denominator);

    private static T Whole(Rational value) => value.Denominator.IsOne
        ? T.CreateChecked(value.Numerator)
        : throw new InvalidOperationException($"{value} is not a whole number of units.");
}
