using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Tests.Sizing;

public sealed class RationalTests
{
    [Fact]
    public void Arithmetic_stays_in_lowest_terms()
    {
        Assert.Equal(new Rational(5, 6), new Rational(1, 2) + new Rational(1, 3));
        Assert.Equal(new Rational(-1, 6), new Rational(1, 3) - new Rational(1, 2));
        Assert.Equal(new Rational(1, 1), new Rational(2, 3) * new Rational(3, 2));
        Assert.Equal(new Rational(-4, 3), new Rational(2, 3) / new Rational(-1, 2));
        Assert.Equal("-4/3", new Rational(8, -6).ToString());
        Assert.Throws<DivideByZeroException>(() => new Rational(1, 0));
        Assert.Throws<DivideByZeroException>(() => Rational.One / Rational.Zero);
    }

    [Fact]
    public void A_decimal_converts_without_loss()
    {
        foreach (var value in new[] { 0m, 1m, -1.50m, 0.0000000000000000000000000001m, decimal.MaxValue, decimal.MinValue, 7.922816251426433759354395033m })
        {
            Assert.Equal(value, ((Rational)value).ToDecimal());
        }
    }

    [Fact]
    public void Rounding_is_half_to_even_at_28_digits_and_floor_goes_down()
    {
        Assert.Equal(0.3333333333333333333333333333m, new Rational(1, 3).ToDecimal());
        Assert.Equal(0.6666666666666666666666666667m, new Rational(2, 3).ToDecimal());
        Assert.Equal(-0.6666666666666666666666666667m, new Rational(-2, 3).ToDecimal());
        Assert.Equal(120181.2342342342342342342342m, new Rational(13340117, 111).ToDecimal());
        Assert.Equal(-0.34m, Rational.Floor(new Rational(-1, 3), 2));
        Assert.Equal(0.33m, Rational.Floor(new Rational(1, 3), 2));
    }

    [Fact]
    public void Wide_integers_divide_like_those_of_any_length()
    {
        var random = new SplitMix(4);
        for (var i = 0; i < 2_000; i++)
        {
            var (dividend, divisor, add) = (default(WideInteger), default(WideInteger), default(WideInteger));
            divisor.Become((UInt128)(random.Next() >> (int)random.Between(0, 62)) + 1);
            divisor.MultiplyByPowerOfTen((int)random.Between(0, 60));
            dividend.Become(in divisor);
            dividend.MultiplyBy(new UInt128(random.Chance(50) ? random.Next() >> (int)random.Between(2, 63) : 0, random.Next()));
            add.Become(random.Chance(30) ? 0 : random.Next());
            dividend.Add(in add);
            var (whole, by) = (dividend.ToBigInteger(), divisor.ToBigInteger());

            Assert.True(dividend.TryDivideBy(in divisor, out var quotient));
            Assert.Equal(whole / by, (System.Numerics.BigInteger)quotient);
            Assert.Equal(whole % by, dividend.ToBigInteger());
            dividend.Become(in divisor);
            dividend.MultiplyByPowerOfTen(40);
            Assert.False(dividend.TryDivideBy(in divisor, out _));
        }
    }

    [Fact]
    public void Wide_integers_multiply_and_compare_like_those_of_any_length()
    {
        var random = new SplitMix(3);
        for (var i = 0; i < 500; i++)
        {
            var (wide, other, big) = (default(WideInteger), default(WideInteger), System.Numerics.BigInteger.One);
            wide.Become(1);
            other.Become(1);
            for (var k = 0; k < 8; k++)
            {
                var factor = new UInt128(random.Chance(50) ? random.Next() >> 32 : 0, random.Next() >> (int)random.Between(0, 63));
                var power = (int)random.Between(0, 25);
                wide.MultiplyBy(factor == 0 ? 1 : factor);
                wide.MultiplyByPowerOfTen(power);
                big *= (System.Numerics.BigInteger)(factor == 0 ? 1 : factor) * System.Numerics.BigInteger.Pow(10, power);
                other.MultiplyBy(random.Next() | 1);
            }

            Assert.Equal(big, wide.ToBigInteger());
            Assert.Equal(big.CompareTo(other.ToBigInteger()), wide.CompareTo(in other));
            var ratio = Math.Exp(System.Numerics.BigInteger.Log(big) - System.Numerics.BigInteger.Log(other.ToBigInteger()));
            Assert.Equal(1, WideInteger.Ratio(in wide, in other) / ratio, 1e-9);
        }
    }
}
