using System.Globalization;
using Parallax.Dashboard.Words;

namespace Parallax.Dashboard.Tests;

/// <summary>Figures as people read them.</summary>
public sealed class ShowTests
{
    [Theory]
    [InlineData("0", "BTC", "0.00")]
    [InlineData("0.00000000123", "BTC", "< 0.00000001")]
    [InlineData("0.000087654321", "BTC", "0.00008765")]
    [InlineData("1.23456789", "BTC", "1.2345")]
    [InlineData("0.004", "USD", "< 0.01")]
    [InlineData("12345.679", "USD", "12,345.67")]
    public void An_amount_is_cut_to_what_is_worth_reading_and_dust_is_not_shown_as_nothing(string amount, string asset, string shown) =>
        Assert.Equal(shown, Show.Amount(decimal.Parse(amount, CultureInfo.InvariantCulture), asset));
}
