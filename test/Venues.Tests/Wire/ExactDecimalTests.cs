using System.Globalization;
using System.Text;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Wire;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.00010000", "0.0001")]
    [InlineData("1e-08", "0.00000001")]
    [InlineData("1E+3", "1000")]
    [InlineData("100e-2", "1")]
    [InlineData("-0.005", "-0.005")]
    [InlineData("0e999999999", "0")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("7922816251426433759354395033.5000000000000000000000000000000000000000", "7922816251426433759354395033.5")]
    [InlineData("10000000000000000000000000000000000000000e-40", "1")]
    public void A_number_is_what_its_text_says(string text, string value)
    {
        Assert.True(ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text), out var found));
        Assert.Equal(value, found.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("+5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1 ")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("1,000")]
    public void What_is_no_number_is_refused(string text) => Assert.False(ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("79228162514264337593543950336")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("1.00000000000000000000000000001")]
    [InlineData("1e29")]
    [InlineData("1e-29")]
    [InlineData("1e99999999999999999999")]
    public void Nothing_is_rounded_to_fit(string text) => Assert.False(ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
