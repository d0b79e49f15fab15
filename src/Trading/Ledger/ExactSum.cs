namespace Parallax.Trading.Ledger;

/// <summary>A sum of decimals that is never rounded, whatever their magnitudes.</summary>
/// <remarks>
/// A <see cref="decimal"/> holds 28 digits, so 10^15 + 10^-18 silently loses the small one and a ledger would no longer add up. Here the
/// whole part and the fraction are two decimals of their own: every decimal splits into them exactly, and each half adds exactly.
/// </remarks>
public readonly record struct ExactSum
{
    /// <summary>An integer; with a fraction of [0, 1) every number has exactly one form, so that equality is equality of the fields.</summary>
    private readonly decimal _whole;

    private readonly decimal _fraction;

    private ExactSum(decimal whole, decimal fraction)
    {
        _whole = whole;
        _fraction = fraction;
    }

    /// <summary>The sum, rounded half-even where it has more than 28 digits.</summary>
    public decimal Value => _whole + _fraction;

    public bool IsZero => _whole == 0m && _fraction == 0m;

    public bool IsNegative => _whole < 0m;

    /// <exception cref="OverflowException">The sum is beyond 7.9 × 10^28; nothing wraps.</exception>
    public static ExactSum operator +(ExactSum sum, decimal value)
    {
        var truncated = decimal.Truncate(value);
        return Normalized(sum._whole + truncated, sum._fraction + (value - truncated));
    }

    /// <exception cref="OverflowException">The difference is beyond 7.9 × 10^28.</exception>
    public static ExactSum operator -(ExactSum sum, decimal value) => sum + -value;

    public static ExactSum operator +(ExactSum left, ExactSum right) => Normalized(left._whole + right._whole, left._fraction + right._fraction);

    public static ExactSum operator -(ExactSum left, ExactSum right) => Normalized(left._whole - right._whole, left._fraction - right._fraction);

    public override string ToString() => Value.ToString();

    /// <param name="fraction">Within (-2, 2).</param>
    private static ExactSum Normalized(decimal whole, decimal fraction)
    {
        if (fraction >= 1m)
        {
            return new ExactSum(whole + 1m, fraction - 1m);
        }

        return fraction < 0m ? Normalized(whole - 1m, fraction + 1m) : new ExactSum(whole, fraction);
    }
}
