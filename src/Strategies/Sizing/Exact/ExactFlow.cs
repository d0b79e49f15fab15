using System.Runtime.CompilerServices;
using Parallax.Domain;
using Parallax.Strategies.Sizing.Lots;

namespace Parallax.Strategies.Sizing.Exact;

/// <summary>An amount on its way through the books of a path, as one exact fraction on the stack: what <see cref="ExactSizing"/> finds, without its fractions.</summary>
/// <remarks>
/// A leg's output is piecewise linear in its input. On the level that the input ends in, a buy of a quote amount q turns into L + (q - C) / p lots
/// and a sale of b lots into C + (b - L) × p ticks × lots: p is the level's price, L and C are the lots and the notional of the levels before it.
/// Binary64 finds the level; where it is too near to the level's end to tell, whole numbers decide. Allocates nothing.
/// </remarks>
internal struct ExactFlow
{
    /// <summary>A leg's factors, its power of ten and its sums make the fraction longer by no more than this.</summary>
    private const int LengthOfLeg = 14;

    /// <summary>More than the estimate of an amount and the sums over a book can err.</summary>
    private const double Near = 1e-12;

    /// <summary>Leaves room for a sign and a digit.</summary>
    private static readonly UInt128 WholeMax = UInt128.One << 120;

    private WideInteger _numerator;
    private WideInteger _denominator;

    /// <summary>Power of ten that the fraction is still to be multiplied with.</summary>
    private int _exponent;

    /// <summary>Begins with an amount. In place: half a kilobyte is not to be copied.</summary>
    /// <param name="amount">Positive.</param>
    public void Begin(decimal amount)
    {
        var factor = ExactFactor.Of(amount);
        _numerator.Become(factor.Mantissa);
        _denominator.Become(1);
        _exponent = -factor.Scale;
    }

    /// <summary>Spends all of it on one leg.</summary>
    /// <param name="levels">The half of the book that the leg takes from, best first.</param>
    /// <returns>False when the book ends before the amount does, or the numbers become too long: the amount is then meaningless.</returns>
    public bool TryPass(FlowTerms terms, ReadOnlySpan<Level> levels)
    {
        if (Math.Max(_numerator.Length, _denominator.Length) > WideInteger.LengthMax - LengthOfLeg)
        {
            return false;
        }

        _denominator.MultiplyBy(terms.Spent.Mantissa);
        _exponent += terms.Spent.Scale;
        Settle();
        var isBuy = terms.Side == Side.Buy;
        if (!TryLevel(levels, isBuy, out var level, out var lots, out var notional))
        {
            return false;
        }

        var price = (ulong)levels[level].PriceTicks;
        if (level == 0)
        {
            (isBuy ? ref _denominator : ref _numerator).MultiplyBy(price);
        }
        else
        {
            // Not negative: every level before this one is at least as good.
            var flat = lots * price;
            Unsafe.SkipInit(out WideInteger before);
            before.Become(in _denominator);
            before.MultiplyBy(isBuy ? flat - notional : notional - flat);
            (isBuy ? ref _denominator : ref _numerator).MultiplyBy(price);
            _numerator.Add(in before);
        }

        _numerator.MultiplyBy(terms.Received.Mantissa);
        _exponent -= terms.Received.Scale;
        return true;
    }

    /// <summary>Ends the flow: what it has become more than what was put in, cut to <see cref="EdgeWaterfall.Decimals"/> towards negative infinity.</summary>
    /// <returns>False when a decimal does not hold it.</returns>
    public bool TryGain(decimal spent, out decimal gain)
    {
        gain = 0m;
        var input = ExactFactor.Of(spent);
        var decimals = Math.Max(EdgeWaterfall.Decimals, input.Scale);
        _exponent += decimals;
        Settle();
        Unsafe.SkipInit(out WideInteger put);
        put.Become(input.Mantissa);
        put.MultiplyByPowerOfTen(decimals - input.Scale);
        if (put.Length > 2 || !_numerator.TryDivideBy(in _denominator, out var output) || UInt128.Max(output, put.Low) > WholeMax)
        {
            return false;
        }

        var whole = (Int128)output - (Int128)put.Low;
        for (; decimals > EdgeWaterfall.Decimals; decimals--)
        {
            whole = Int128.IsNegative(whole) ? (whole - 9) / 10 : whole / 10;
        }

        if (Int128.Abs(whole) > (Int128)decimal.MaxValue)
        {
            return false;
        }

        gain = LotAmount.ToDecimal(whole, decimals);
        return true;
    }

    /// <summary>The level that the amount ends in, with the lots and the notional, ticks × lots, of those before it.</summary>
    private readonly bool TryLevel(ReadOnlySpan<Level> levels, bool isBuy, out int level, out UInt128 lots, out UInt128 notional)
    {
        var amount = WideInteger.Ratio(in _numerator, in _denominator);
        (lots, notional) = (0, 0);
        for (level = 0; level < levels.Length; level++)
        {
            var (price, quantity) = ((ulong)levels[level].PriceTicks, (ulong)levels[level].QuantityLots);
            var (lotsTo, notionalTo) = (lots + quantity, notional + ((UInt128)price * quantity));
            if (IsWithin(isBuy ? notionalTo : lotsTo, amount))
            {
                return true;
            }

            (lots, notional) = (lotsTo, notionalTo);
        }

        return false;
    }

    private readonly bool IsWithin(UInt128 end, double amount)
    {
        var about = (double)end;
        if (Math.Abs(about - amount) > Near * amount)
        {
            return amount < about;
        }

        Unsafe.SkipInit(out WideInteger product);
        product.Become(in _denominator);
        product.MultiplyBy(end);
        return _numerator.CompareTo(in product) <= 0;
    }

    /// <summary>Multiplies the power of ten in.</summary>
    private void Settle()
    {
        (_exponent > 0 ? ref _numerator : ref _denominator).MultiplyByPowerOfTen(Math.Abs(_exponent));
        _exponent = 0;
    }
}
