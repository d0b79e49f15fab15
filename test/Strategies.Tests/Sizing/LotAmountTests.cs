using System.Globalization;
using System.Numerics;
using Parallax.Domain;
using Parallax.Strategies.Sizing.Lots;

namespace Parallax.Strategies.Tests.Sizing;

public sealed class LotAmountTests
{
    [Fact]
    public void Zeros_at_the_end_go_and_the_value_stays_whatever_its_length()
    {
        var random = new SplitMix(7);
        for (var i = 0; i < 20_000; i++)
        {
            var (mantissa, decimals) = Digits(ref random);
            var amount = Of(mantissa, decimals);

            var plain = LotAmount.Plain(amount);

            Assert.Equal(Decimals.Plain(amount), plain.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(amount, plain);
            Assert.InRange(plain.Scale, 0, decimals);
        }
    }

    [Fact]
    public void Units_become_the_same_amount_in_128_bits_and_in_integers_of_any_length()
    {
        var random = new SplitMix(8);
        for (var i = 0; i < 20_000; i++)
        {
            var (mantissa, decimals) = Digits(ref random);

            var amount = LotAmount.ToDecimal((Int128)mantissa, decimals);

            Assert.Equal(LotAmount.ToDecimal(new BigInteger(mantissa), decimals), amount);
            Assert.Equal(Decimals.Plain(Of(mantissa, decimals)), amount.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Up to 64 bits or up to 96, with and without zeros at the end, of either sign.</summary>
    private static (decimal Mantissa, int Decimals) Digits(ref SplitMix random)
    {
        var mantissa = (decimal)(random.Next() >> (int)(random.Next() % 63));
        for (var zeros = random.Next() % 9; zeros > 0; zeros--)
        {
            mantissa *= 10m;
        }

        return (random.Next() % 2 == 0 ? mantissa : -mantissa, (int)(random.Next() % 19));
    }

    private static decimal Of(decimal mantissa, int decimals)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(mantissa, bits);
        return new decimal(bits[0], bits[1], bits[2], bits[3] < 0, (byte)decimals);
    }
}
