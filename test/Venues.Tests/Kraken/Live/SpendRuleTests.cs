using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Tests.Wire;

namespace Parallax.Venues.Tests.Kraken.Live;

public sealed class SpendRuleTests
{
    private static readonly Instrument Bitcoin = AnInstrument.Of("BTC/USD", 1);
    private static readonly FeeTerms Fees = new(0.0026m, FeeMode.Quote, 0.00001m);

    [Fact]
    public void A_buy_that_fits_is_left_as_it_is() => Assert.Equal(1_000_000, Lots(Side.Buy, 1_000_000, 1_000m));

    [Fact]
    public void A_buy_is_cut_to_what_the_limit_could_cost_with_its_fee()
    {
        // One lot is 0.00000001 BTC: 0.0003 USD at 30,000, and 0.26 % fee.
        var lots = Lots(Side.Buy, 1_000_000, 150m);

        Assert.InRange(lots, 498_690, 498_703);
    }

    [Fact]
    public void A_sell_spends_its_quantity_and_nothing_else() => Assert.Equal(50, Lots(Side.Sell, 100, 0.000000505m));

    [Fact]
    public void Nothing_to_spend_buys_nothing()
    {
        Assert.Equal(0, Lots(Side.Buy, 100, 0m));
        Assert.Equal(0, Lots(Side.Sell, 100, 0m));
    }

    [Fact]
    public void Whatever_the_numbers_a_buy_never_spends_more_and_leaves_not_one_lot_unbought_that_fits()
    {
        var random = new Seeded(7);
        for (var i = 0; i < 10_000; i++)
        {
            var request = Order(Side.Buy, 1 + random.Below(1_000_000), random.Below(100_000_000) / 100_000m) with { LimitTicks = 1 + random.Below(1_000_000) };
            var fees = new FeeTerms(random.Below(100) / 10_000m, FeeMode.Quote, random.OneIn(2) ? 0.00001m : null);
            var lots = SpendRule.Lots(request, Bitcoin, fees);

            Assert.InRange(lots, 0, request.QuantityLots);
            Assert.True(lots == 0 || Spent(request, lots, fees) <= request.SpendMax, $"{request} {fees}: {lots}");
            Assert.True(lots == request.QuantityLots || Spent(request, lots + 1, fees) > request.SpendMax, $"{request} {fees}: {lots}");
        }
    }

    [Theory]
    [InlineData(0.00007, 1_000_000)]
    [InlineData(0.00006, 999_999)]
    public void A_plan_that_sets_aside_seven_roundings_beside_its_cost_is_not_cut_by_a_lot(decimal reserve, long lots)
    {
        // 0.01 BTC at 30,000 and 0.26 %, rounded once; each of seven more trades may be rounded, too.
        var cost = 300m;
        Assert.Equal(lots, Lots(Side.Buy, 1_000_000, cost + Fees.On(cost) + reserve));
    }

    /// <summary>In eight trades at most, the fee of each rounded up.</summary>
    private static decimal Spent(in OrderRequest request, long lots, FeeTerms fees)
    {
        var cost = Bitcoin.Quantity(lots) * Bitcoin.Price(request.LimitTicks);
        return cost + fees.On(cost) + (fees.Rate > 0m ? (Math.Min(8, lots) - 1) * (fees.Step ?? 0m) : 0m);
    }

    private static long Lots(Side side, long lots, decimal spendMax) => SpendRule.Lots(Order(side, lots, spendMax), Bitcoin, Fees);

    private static OrderRequest Order(Side side, long lots, decimal spendMax) =>
        new(ClientOrderId.Of(1, 1, 1), 0, side, 300_000, lots, TimeInForce.ImmediateOrCancel, spendMax, 0);
}
