using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Tests.Ledger;

public sealed class ExactSumTests
{
    [Fact]
    public void A_sum_keeps_the_smallest_unit_beside_the_largest_amount()
    {
        var sum = default(ExactSum) + 1_000_000_000_000_000m + 0.000000000000000001m - 1_000_000_000_000_000m;

        Assert.Equal(0.000000000000000001m, sum.Value);
    }

    [Fact]
    public void A_million_tiny_amounts_on_a_huge_one_add_up()
    {
        var sum = default(ExactSum) + 1e15m;
        for (var i = 0; i < 1_000_000; i++)
        {
            sum += 0.000000000000000001m;
        }

        Assert.Equal(0.000000000001m, (sum - 1e15m).Value);
    }

    [Fact]
    public void Any_decimals_add_up_as_exact_integers_do() =>
        Prop.ForAll<decimal[]>(values =>
        {
            var sum = default(ExactSum);
            var exact = BigInteger.Zero;
            foreach (var value in values.Where(value => decimal.Abs(value) < 1e27m))
            {
                sum += value;
                exact += Units(value);
            }

            foreach (var value in values.Where(value => decimal.Abs(value) < 1e27m).Skip(1))
            {
                sum -= value;
                exact -= Units(value);
            }

            return Units(sum.Value) == exact && sum.IsZero == exact.IsZero && sum.IsNegative == (exact < 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_sums_are_equal_however_they_came_about()
    {
        var up = default(ExactSum) + 0.7m + 0.30m;
        var down = default(ExactSum) + 2.5m - 1.5000m;

        Assert.Equal(up, down);
        Assert.Equal(default(ExactSum) - 0.25m, default(ExactSum) - 1m + 0.75m);
    }

    [Fact]
    public void A_sum_beyond_the_range_throws_instead_of_wrapping() =>
        Assert.Throws<OverflowException>(() => default(ExactSum) + decimal.MaxValue + decimal.MaxValue);

    private static BigInteger Units(decimal value)
    {
        var bits = decimal.GetBits(value);
        var mantissa = new BigInteger(new decimal(bits[0], bits[1], bits[2], false, 0));
        return (value < 0m ? -mantissa : mantissa) * BigInteger.Pow(10, 28 - value.Scale);
    }
}
