using Parallax.Domain;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Cycles;

/// <summary>What a directed edge gives for one unit of what it takes, as a function of the price: exact, and as a logarithm.</summary>
/// <remarks>
/// Formulas: strategies/cycles.md 1.1, docs/concepts/fees.md. A fee from what is received, or from a third asset, multiplies the rate
/// by (1 - f); a fee on top of what is spent divides it by (1 + f).
/// </remarks>
internal readonly struct EdgeRate
{
    private readonly Side _side;
    private readonly ExactFactor _tick;
    private readonly ExactFactor _fee;
    private readonly bool _isFeeOnSpent;

    /// <exception cref="ArgumentException">The tick size is not positive, or the fee is outside ]-100 %, 100 %[.</exception>
    public EdgeRate(Side side, decimal tickSize, FeeTerms fee)
    {
        if (tickSize <= 0m || fee.Rate is <= -1m or >= 1m)
        {
            throw new ArgumentException($"A tick size is positive and a fee rate between -1 and 1; found {tickSize} and {fee.Rate}.");
        }

        _side = side;
        _tick = ExactFactor.Of(tickSize);
        _isFeeOnSpent = fee.AssetOn(side) == (side == Side.Buy ? FeeAsset.Quote : FeeAsset.Base);
        _fee = ExactFactor.Of(_isFeeOnSpent ? 1m + fee.Rate : 1m - fee.Rate);
        var tickLog = Log(_tick);
        var feeLog = _isFeeOnSpent ? Log(_fee) : -Log(_fee);
        WeightBase = feeLog + (side == Side.Buy ? tickLog : -tickLog);
    }

    /// <summary>The part of the edge's weight (minus the logarithm of its net rate) that does not depend on the price in ticks.</summary>
    public double WeightBase { get; }

    /// <summary>Multiplies the exact rate into a fraction.</summary>
    /// <param name="exponent">Power of ten that the fraction is still to be multiplied with.</param>
    public void MultiplyInto(ref WideInteger numerator, ref WideInteger denominator, ref int exponent, long ticks, bool isNet)
    {
        if (_side == Side.Sell)
        {
            numerator.MultiplyBy((ulong)ticks);
            numerator.MultiplyBy(_tick.Mantissa);
            exponent -= _tick.Scale;
        }
        else
        {
            denominator.MultiplyBy((ulong)ticks);
            denominator.MultiplyBy(_tick.Mantissa);
            exponent += _tick.Scale;
        }

        if (!isNet)
        {
            return;
        }

        if (_isFeeOnSpent)
        {
            denominator.MultiplyBy(_fee.Mantissa);
            exponent += _fee.Scale;
        }
        else
        {
            numerator.MultiplyBy(_fee.Mantissa);
            exponent -= _fee.Scale;
        }
    }

    private static double Log(ExactFactor factor) => Math.Log((double)factor.Mantissa) - (factor.Scale * Math.Log(10));
}
