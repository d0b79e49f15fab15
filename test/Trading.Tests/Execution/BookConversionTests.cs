using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Tests.Execution;

public sealed class BookConversionTests
{
    private static readonly Instrument Market = An.Instrument(tick: 1m, lot: 0.1m);
    private static readonly Level[] Levels = [new(100, 10), new(110, 20)];

    [Theory]
    [InlineData(Side.Buy, FeeMode.Receive, "210", "1.98")]
    [InlineData(Side.Buy, FeeMode.Quote, "212.1", "2")]
    [InlineData(Side.Buy, FeeMode.Base, "210", "1.98")]
    [InlineData(Side.Buy, FeeMode.Spend, "212.1", "2")]
    [InlineData(Side.Buy, FeeMode.Third, "210", "1.98")]
    [InlineData(Side.Sell, FeeMode.Receive, "2", "207.9")]
    [InlineData(Side.Sell, FeeMode.Quote, "2", "207.9")]
    [InlineData(Side.Sell, FeeMode.Base, "2.02", "210")]
    [InlineData(Side.Sell, FeeMode.Spend, "2.02", "210")]
    [InlineData(Side.Sell, FeeMode.Third, "2", "207.9")]
    public void An_amount_walks_the_levels_and_pays_the_fee_where_the_venue_takes_it(Side side, FeeMode mode, string amount, string received)
    {
        Assert.True(BookConversion.TryConvert(decimal.Parse(amount), side, Levels, Market, new FeeTerms(0.01m, mode), out var found));
        Assert.Equal(decimal.Parse(received), found);
    }

    [Fact]
    public void All_of_the_book_can_be_taken_and_not_a_unit_more()
    {
        var free = new FeeTerms(0m, FeeMode.Receive);

        Assert.True(BookConversion.TryConvert(3m, Side.Sell, Levels, Market, free, out var all));
        Assert.Equal(320m, all);
        Assert.False(BookConversion.TryConvert(3.0000001m, Side.Sell, Levels, Market, free, out var none));
        Assert.Equal(0m, none);
        Assert.False(BookConversion.TryConvert(1m, Side.Buy, [], Market, free, out _));
    }

    [Fact]
    public void Nothing_converts_to_nothing()
    {
        Assert.True(BookConversion.TryConvert(0m, Side.Buy, [], Market, new FeeTerms(0.01m, FeeMode.Quote), out var received));
        Assert.Equal(0m, received);
    }
}
