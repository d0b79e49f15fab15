using FsCheck;
using FsCheck.Fluent;
using Parallax.Domain;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Tests.Ledger;

public sealed class GeneralLedgerTests
{
    private readonly GeneralLedger _ledger = new();

    [Fact]
    public void A_buy_moves_quote_out_base_in_and_the_fee_out_of_its_own_asset()
    {
        _ledger.Post(Transaction.Deposit(An.Holding("USD"), 10_000m));
        _ledger.Post(Transaction.Deposit(An.Holding("BNB"), 1m));

        var lines = _ledger.Apply(An.Fill(An.Instrument(), Side.Buy, 600_000, 10_000_000, 0.01m, "BNB")).ToArray();

        Assert.Equal(4_000m, _ledger.Balance(An.Holding("USD")));
        Assert.Equal(0.1m, _ledger.Balance(An.Holding("BTC")));
        Assert.Equal(0.99m, _ledger.Balance(An.Holding("BNB")));
        Assert.Equal(0.01m, _ledger.Sum(Account.Fees, An.Holding("BNB")).Value);
        Assert.Equal(6_000m, _ledger.Sum(Account.Trading, An.Holding("USD")).Value);
        Assert.Equal(6, lines.Length);
    }

    [Fact]
    public void A_sell_with_the_fee_in_quote_adds_the_net_proceeds()
    {
        _ledger.Post(Transaction.Deposit(An.Holding("BTC"), 1m));

        _ledger.Apply(An.Fill(An.Instrument(), Side.Sell, 600_000, 10_000_000, 15.6m));

        Assert.Equal(0.9m, _ledger.Balance(An.Holding("BTC")));
        Assert.Equal(5_984.4m, _ledger.Balance(An.Holding("USD")));
    }

    [Fact]
    public void A_rebate_is_a_fee_that_comes_back()
    {
        _ledger.Apply(An.Fill(An.Instrument(), Side.Buy, 600_000, 10_000_000, -0.5m));

        Assert.Equal(-5_999.5m, _ledger.Balance(An.Holding("USD")));
        Assert.Equal(-0.5m, _ledger.Sum(Account.Fees, An.Holding("USD")).Value);
        _ledger.Check();
    }

    [Fact]
    public void A_movement_of_zero_posts_no_line() =>
        Assert.Equal(4, _ledger.Apply(An.Fill(An.Instrument(), Side.Buy, 600_000, 1)).Length);

    [Fact]
    public void The_same_asset_at_two_venues_is_two_holdings()
    {
        _ledger.Post(Transaction.Deposit(An.Holding("USD"), 100m));
        _ledger.Post(Transaction.Transfer(new Asset("USD"), new VenueId("kraken"), new VenueId("gemini"), 30m));

        Assert.Equal(70m, _ledger.Balance(An.Holding("USD")));
        Assert.Equal(30m, _ledger.Balance(An.Holding("USD", "gemini")));
        _ledger.Check();
    }

    [Fact]
    public void Holdings_are_listed_by_asset_then_venue_whatever_came_first()
    {
        foreach (var (asset, venue) in new[] { ("USD", "kraken"), ("BTC", "kraken"), ("USD", "bitstamp"), ("ADA", "kraken") })
        {
            _ledger.Post(Transaction.Deposit(An.Holding(asset, venue), 1m));
        }

        Assert.Equal(["ADA@kraken", "BTC@kraken", "USD@bitstamp", "USD@kraken"], _ledger.Holdings.Select(h => h.ToString()));
    }

    [Fact]
    public void An_external_movement_needs_a_positive_amount()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Transaction.Deposit(An.Holding("USD"), 0m));
        Assert.Throws<ArgumentOutOfRangeException>(() => Transaction.Withdrawal(An.Holding("USD"), -1m));
    }

    [Fact]
    public void Postings_sum_to_zero_for_any_fills_in_any_fee_mode() =>
        Prop.ForAll(AnyFills().ToArbitrary(), fills =>
        {
            var ledger = new GeneralLedger();
            var balances = new Dictionary<Holding, ExactSum>();
            var posted = new List<PostingLine>();
            foreach (var fill in fills)
            {
                var lines = ledger.Apply(fill).ToArray();
                posted.AddRange(lines);
                Assert.All(lines.GroupBy(line => line.Asset), asset => Assert.Equal(0m, asset.Sum(line => line.Amount)));

                var sign = fill.Side == Side.Buy ? 1 : -1;
                Move(fill.Base, sign * fill.BaseAmount);
                Move(fill.Quote, -sign * fill.QuoteAmount);
                Move(fill.FeeHolding, -fill.Fee);
            }

            ledger.Check();
            ledger.CheckAgainst(posted);
            Assert.All(balances, balance => Assert.Equal(balance.Value, ledger.Sum(Account.Holdings, balance.Key)));

            void Move(Holding holding, decimal change) => balances[holding] = balances.GetValueOrDefault(holding) + change;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Adding_the_journal_up_again_names_the_account_that_differs()
    {
        var lines = _ledger.Post(Transaction.Deposit(An.Holding("USD"), 100m)).ToArray();

        var fault = Assert.Throws<LedgerException>(() => _ledger.CheckAgainst(lines.Take(1)));

        Assert.Equal("Holdings of USD@kraken holds 100; its postings add up to 0.", fault.Message);
    }

    [Fact]
    public void Posting_allocates_nothing_once_its_holdings_are_known()
    {
        var fill = An.Fill(An.Instrument(), Side.Buy, 600_000, 10_000_000, 15.6m);
        _ledger.Apply(fill);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _ledger.Apply(fill);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Fills on three markets, each charged by one of the five fee modes, rebates included.</summary>
    internal static Gen<Fill[]> AnyFills()
    {
        var markets = new[] { An.Instrument(), An.Instrument("ETH", "BTC", 0.00001m), An.Instrument("ETH", "USD", 0.01m, 0.0001m) };
        var fill =
            from market in Gen.Elements(markets)
            from side in Gen.Elements(Side.Buy, Side.Sell)
            from mode in Gen.Elements(Enum.GetValues<FeeMode>())
            from rateBps in Gen.Choose(-5, 40)
            from ticks in Gen.Choose(1, 1_000_000)
            from lots in Gen.Choose(1, 100_000_000)
            select Charged(market, side, new FeeTerms(rateBps / 10_000m, mode), ticks, lots);
        return fill.ArrayOf();
    }

    private static Fill Charged(Instrument market, Side side, FeeTerms terms, long ticks, long lots)
    {
        var free = An.Fill(market, side, ticks, lots);
        var (asset, amount) = terms.AssetOn(side) switch
        {
            FeeAsset.Base => (market.Base, free.BaseAmount),
            FeeAsset.Quote => (market.Quote, free.QuoteAmount),
            _ => (new Asset("BNB"), 1m),
        };
        return free with { FeeAsset = asset, Fee = terms.On(amount) };
    }
}
