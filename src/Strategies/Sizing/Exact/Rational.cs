using System.Globalization;
using System.Numerics;

namespace Parallax.Strategies.Sizing.Exact;

/// <summary>An exact fraction in lowest terms. For statements of truth, tests and explanations; it allocates, so never on the hot path.</summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly BigInteger _denominator;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("A fraction has a denominator other than zero.");
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        _denominator = denominator / divisor;
    }

    public static Rational Zero => default;

    public static Rational One => new(1, 1);

    public BigInteger Numerator { get; }

    /// <summary>Positive.</summary>
    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    public int Sign => Numerator.Sign;

    public static implicit operator Rational(long value) => new(value, 1);

    public static implicit operator Rational(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return new(value < 0m ? -mantissa : mantissa, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    public static Rational operator +(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Rational operator -(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Rational operator *(Rational left, Rational right) => new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Rational operator /(Rational left, Rational right) => new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    public static bool operator ==(Rational left, Rational right) => left.Equals(right);

    public static bool operator !=(Rational left, Rational right) => !left.Equals(right);

    public static Rational Min(Rational left, Rational right) => left <= right ? left : right;

    /// <summary>The value cut to so many decimals, towards negative infinity.</summary>
    /// <param name="decimals">0 to 28.</param>
    /// <exception cref="OverflowException">The value does not fit a decimal with so many decimals.</exception>
    public static decimal Floor(Rational value, int decimals)
    {
        var amount = (decimal)value.Scaled(decimals, MidpointRounding.ToNegativeInfinity);
        for (; decimals > 0; decimals--)
        {
            amount /= 10m;
        }

        return amount;
    }

    /// <summary>The value with at most 28 significant digits and 28 decimals, the last one rounded half to even.</summary>
    /// <exception cref="OverflowException">The value does not fit a decimal.</exception>
    public decimal ToDecimal() => ToDecimal(MidpointRounding.ToEven);

    /// <summary>As <see cref="ToDecimal()"/>, with the rounding of the last digit said.</summary>
    /// <exception cref="OverflowException">The value does not fit a decimal.</exception>
    public decimal ToDecimal(MidpointRounding rounding)
    {
        var scale = 28;
        var scaled = Scaled(scale, rounding);
        while (BigInteger.Abs(scaled) >= BigInteger.Pow(10, 28) && scale > 0)
        {
            var digits = BigInteger.Abs(scaled).ToString(CultureInfo.InvariantCulture).Length;
            scale = Math.Max(0, scale - Math.Max(1, digits - 28));
            scaled = Scaled(scale, rounding);
        }

        var value = (decimal)scaled;
        for (; scale > 0; scale--)
        {
            value /= 10m;
        }

        return value;
    }

    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    public override string ToString() => $"{Numerator}/{Denominator}";

    private BigInteger Scaled(int decimals, MidpointRounding rounding)
    {
        var floor = BigInteger.DivRem(Numerator * BigInteger.Pow(10, decimals), Denominator, out var rest);
        if (rest.Sign < 0)
        {
            floor -= 1;
            rest += Denominator;
        }

        var half = (rest * 2).CompareTo(Denominator);
        var up = rounding switch
        {
            MidpointRounding.ToNegativeInfinity => false,
            MidpointRounding.ToPositiveInfinity => !rest.IsZero,
            MidpointRounding.ToEven => half > 0 || (half == 0 && !floor.IsEven),
            _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "Down, up or half to even."),
        };
        return up ? floor + 1 : floor;
    }
}
