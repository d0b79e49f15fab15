using Parallax.Domain;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Tests.Ledger;

public sealed class ProfitAndLossTests
{
    private static readonly Asset Usd = new("USD");
    private static readonly Asset Btc = new("BTC");
    private static readonly Asset Eth = new("ETH");

    [Fact]
    public void Capital_is_no_profit_and_trades_are_valued_at_the_mids_given()
    {
        var ledger = new GeneralLedger();
        ledger.Post(Transaction.Deposit(An.Holding("USD"), 10_000m));
        ledger.Post(Transaction.Deposit(An.Holding("BTC"), 5m));
        ledger.Apply(An.Fill(An.Instrument(), Side.Buy, 600_000, 10_000_000, 15.6m));
        var mids = new Mids();
        mids.Set(Btc, Usd, 61_000m);

        var result = ProfitAndLoss.In(Usd, ledger, mids);

        Assert.Equal(6_100m - 6_000m - 15.6m, result.Value);
        Assert.Empty(result.Unpriced);
    }

    [Fact]
    public void An_asset_without_a_price_is_named_and_not_counted()
    {
        var ledger = new GeneralLedger();
        ledger.Apply(An.Fill(An.Instrument("ETH", "USD", 0.01m), Side.Buy, 300_000, 100_000_000));

        var result = ProfitAndLoss.In(Usd, ledger, new Mids());

        Assert.Equal([Eth], result.Unpriced);
        Assert.Equal(-3_000m, result.Value);
    }

    [Fact]
    public void An_amount_is_converted_along_the_fewest_prices_either_way_round()
    {
        var mids = new Mids();
        mids.Set(Btc, Usd, 60_000m);
        mids.Set(Eth, Btc, 0.05m);

        Assert.True(mids.TryConvert(2m, Eth, Usd, out var usd));
        Assert.Equal(6_000m, usd);
        Assert.True(mids.TryConvert(6_000m, Usd, Eth, out var eth));
        Assert.Equal(2m, eth);
        mids.Set(Eth, Usd, 3_100m);
        Assert.True(mids.TryConvert(2m, Eth, Usd, out var direct));
        Assert.Equal(6_200m, direct);
    }

    [Fact]
    public void An_asset_is_worth_itself_and_an_unknown_one_nothing_that_can_be_said()
    {
        Assert.True(new Mids().TryConvert(5m, Usd, Usd, out var same));
        Assert.Equal(5m, same);
        Assert.False(new Mids().TryConvert(5m, Usd, new Asset("USDT"), out _));
    }

    [Fact]
    public void A_plan_account_tells_the_profit_in_the_start_asset_and_what_is_left_over()
    {
        var ledger = new GeneralLedger();
        var plan = new PlanAccount();
        plan.Add(ledger.Apply(An.Fill(An.Instrument(), Side.Buy, 600_000, 10_000_000, 0.0001m, "BTC")));
        plan.Add(ledger.Apply(An.Fill(An.Instrument(), Side.Sell, 610_000, 9_000_000, 5m)));

        Assert.Equal(-6_000m + 5_490m - 5m, plan.Net(Usd));
        Assert.Equal(0.0099m, plan.Net(An.Holding("BTC")));
        Assert.Equal(0m, plan.Net(Eth));
        plan.Clear();
        Assert.Equal(0m, plan.Net(Usd));
    }
}
