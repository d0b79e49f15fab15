using FsCheck;
using FsCheck.Fluent;
using Parallax.Domain;
using Parallax.Simulation.Randomness;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;

namespace Parallax.VenueServers.Tests.Kraken;

public sealed class ConservationTests
{
    [Fact]
    public void Whatever_is_ordered_no_money_is_made_or_lost_and_no_balance_is_overdrawn()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            using var rig = new ExchangeRig(Options((ulong)seed));
            var before = Sums(rig);
            var random = new SeededRandom((ulong)seed);
            for (var i = 0; i < 150; i++)
            {
                rig.Act(random);
                Assert.Equal(before, Sums(rig));
                CheckFunds(rig);
                CheckBooks(rig);
            }

            Assert.Contains(rig.Accounts, account => account.Fills.Count > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void The_same_orders_at_the_same_times_give_the_same_fills_and_books()
    {
        Assert.Equal(Run(), Run());

        static string Run()
        {
            using var rig = new ExchangeRig(Options(7));
            var random = new SeededRandom(7);
            for (var i = 0; i < 400; i++)
            {
                rig.Act(random);
            }

            var fills = rig.Accounts.SelectMany(account => account.Fills).Select(fill => $"{fill.Id} {fill.PriceTicks} {fill.Lots} {fill.Fee} {fill.Time}");
            var books = rig.Exchange.Directory.Markets.Select(market => $"{market.Names.Symbol} {market.Book.Checksum()}");
            return string.Join('\n', fills.Concat(books));
        }
    }

    [Fact]
    public void Resting_orders_are_filled_as_maker_by_the_market_and_by_each_other()
    {
        using var rig = new ExchangeRig(Options(3));
        var random = new SeededRandom(3);
        for (var i = 0; i < 3_000; i++)
        {
            rig.Act(random);
        }

        var fills = rig.Accounts.SelectMany(account => account.Fills).ToList();
        Assert.Contains(fills, fill => fill.IsMaker);
        Assert.All(fills.Where(fill => fill.IsMaker), fill => Assert.Equal(fill.Order.Terms.LimitTicks, fill.PriceTicks));
        Assert.All(fills, fill => Assert.Equal(fill.Cost * (fill.IsMaker ? 0.0016m : 0.0026m), fill.Fee));

        // One public trade, two fills: two clients met.
        Assert.Contains(fills.GroupBy(fill => (fill.Order.Market.Number, fill.TradeId)), trade => trade.Count() == 2);
    }

    private static KrakenServerOptions Options(ulong seed) => new() { Seed = seed, Instruments = 6, Accounts = [Account("one"), Account("two")] };

    private static KrakenAccount Account(string key) => new(
        key,
        RestClient.Secret,
        KrakenPermissions.Trading,
        new[] { "USD", "BTC", "ETH", "USDT", "EUR" }.ToDictionary(code => new Asset(code), code => code is "BTC" ? 3m : code is "ETH" ? 50m : 150_000m));

    private static SortedDictionary<string, decimal> Sums(ExchangeRig rig)
    {
        var sums = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (asset, funds) in rig.Accounts.SelectMany(account => account.Balances))
        {
            sums[asset.Code] = sums.GetValueOrDefault(asset.Code) + funds.Balance;
        }

        foreach (var (asset, amount) in rig.Exchange.Accounts.House)
        {
            sums[asset.Code] += amount;
        }

        return sums;
    }

    private static void CheckFunds(ExchangeRig rig)
    {
        foreach (var (asset, funds) in rig.Accounts.SelectMany(account => account.Balances))
        {
            Assert.True(funds.Held >= 0 && funds.Held <= funds.Balance, $"{asset}: {funds.Held} held of {funds.Balance}.");
        }

        foreach (var account in rig.Accounts)
        {
            Assert.Equal(account.Balances.Sum(pair => pair.Value.Held), account.OpenOrders.Values.Sum(order => order.Held));
        }
    }

    private static void CheckBooks(ExchangeRig rig)
    {
        foreach (var market in rig.Exchange.Directory.Markets)
        {
            Assert.True(
                !market.Book.TryGetBest(BookSide.Bid, out var bid) || !market.Book.TryGetBest(BookSide.Ask, out var ask) || bid.PriceTicks < ask.PriceTicks,
                $"{market.Names.Symbol} is crossed.");
            foreach (var order in market.Resting.Side(BookSide.Bid).Concat(market.Resting.Side(BookSide.Ask)))
            {
                var side = order.Side == Side.Buy ? BookSide.Bid : BookSide.Ask;
                var price = order.Terms.LimitTicks!.Value;
                Assert.True(market.Book.TryGetQuantity(side, price, out var shown) && shown >= market.Resting.LotsAt(side, price), $"{order.Id} does not show.");
            }
        }
    }
}
