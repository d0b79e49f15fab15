using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Tests.Recordings.Import;

public sealed class WireNumberTests
{
    [Theory]
    [InlineData("0", 0, 0, 0)]
    [InlineData("-0.000", 0, 0, 3)]
    [InlineData("61837.64000000", 6183764, 2, 8)]
    [InlineData("0.03740000", 374, 4, 8)]
    [InlineData(".5", 5, 1, 1)]
    [InlineData("5.", 5, 0, 0)]
    [InlineData("+7", 7, 0, 0)]
    [InlineData("-1.50", -15, 1, 2)]
    [InlineData("1e-08", 1, 8, 8)]
    [InlineData("1.50E2", 150, 0, 0)]
    [InlineData("100e-2", 1, 0, 2)]
    [InlineData("0.00100e1", 1, 2, 4)]
    [InlineData("123456789012345678", 123456789012345678, 0, 0)]
    [InlineData("0.000000000000000001", 1, 18, 18)]
    [InlineData("1.00000000000000000000000000", 1, 0, 18)]
    public void Number_is_read_exactly(string text, long digits, int decimals, int written)
    {
        Assert.True(WireNumber.TryParse(Encoding.ASCII.GetBytes(text), out var number));
        Assert.Equal(new WireNumber(digits, decimals, written), number);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1,5")]
    [InlineData("1 ")]
    [InlineData("1..2")]
    [InlineData("1e")]
    [InlineData("1e400")]
    [InlineData("1e+")]
    [InlineData("1e99999")]
    [InlineData("1e18")]
    [InlineData("1234567890123456789")]
    [InlineData("0.1234567890123456789")]
    [InlineData("1e-19")]
    [InlineData("0x10")]
    [InlineData("null")]
    public void What_is_no_number_of_eighteen_digits_is_not_read(string text) => Assert.False(WireNumber.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Every_decimal_of_eighteen_digits_reads_as_itself()
    {
        var numbers =
            from digits in Gen.Choose(int.MinValue, int.MaxValue)
            from more in Gen.Choose(0, 99_999_999)
            from scale in Gen.Choose(0, 17)
            select (decimal)(((long)digits * 100_000_000 + more) % 1_000_000_000_000_000_000) / Power(scale);
        Prop.ForAll(numbers.ToArbitrary(), value =>
        {
            var text = value.ToString(CultureInfo.InvariantCulture);
            return WireNumber.TryParse(Encoding.ASCII.GetBytes(text), out var number) && number.ToDecimal() == value;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("0.5", "61837.5", 123675)]
    [InlineData("0.01", "61837.63", 6183763)]
    [InlineData("0.25", "0.75", 3)]
    [InlineData("10", "61830", 6183)]
    [InlineData("0.00000001", "0.00000001", 1)]
    public void Steps_are_counted_exactly(string step, string value, long expected)
    {
        var grid = new Grid(decimal.Parse(step, CultureInfo.InvariantCulture));
        Assert.True(WireNumber.TryParse(Encoding.ASCII.GetBytes(value), out var number));
        Assert.True(grid.TryCount(number, out var count));
        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData("0.5", "1.3")]
    [InlineData("0.01", "0.001")]
    [InlineData("10", "5")]
    [InlineData("0.000000000000000001", "100")]
    public void What_lies_between_steps_or_is_too_many_is_no_count(string step, string value)
    {
        var grid = new Grid(decimal.Parse(step, CultureInfo.InvariantCulture));
        Assert.True(WireNumber.TryParse(Encoding.ASCII.GetBytes(value), out var number));
        Assert.False(grid.TryCount(number, out _));
    }

    [Theory]
    [InlineData("0.01", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("0.0000000000000000001", false)]
    [InlineData("123456789.1234567890123", false)]
    public void A_step_is_positive_and_has_eighteen_digits_at_the_most(string step, bool expected) =>
        Assert.Equal(expected, Grid.IsStep(decimal.Parse(step, CultureInfo.InvariantCulture)));

    private static decimal Power(int scale)
    {
        var power = 1m;
        for (var i = 0; i < scale; i++)
        {
            power *= 10m;
        }

        return power;
    }
}
