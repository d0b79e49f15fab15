using Parallax.Domain;
using Parallax.Strategies.Cycles;

namespace Parallax.Strategies.Tests.Cycles;

public sealed class CycleDiscoveryTests
{
    private static readonly VenueId Here = new("here");
    private static readonly VenueId There = new("there");

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_complete_market_has_as_many_cycles_as_the_formula_says(int assets)
    {
        var index = CycleIndex.Of(Complete(assets, Here, 0), new CycleOptions { LegsMax = 5 });

        Assert.Equal(assets * (assets - 1) * (assets - 2) / 3, index.CountOfLength(3));
        Assert.Equal(assets * (assets - 1) * (assets - 2) * (assets - 3) / 4, index.CountOfLength(4));
        Assert.Equal(assets * (assets - 1) * (assets - 2) * (assets - 3) * (assets - 4) / 5, index.CountOfLength(5));
    }

    [Fact]
    public void Every_cycle_is_closed_visits_no_asset_twice_and_is_listed_once()
    {
        var markets = Complete(6, Here, 0);
        var index = CycleIndex.Of(markets, new CycleOptions { LegsMax = 4 });
        var seen = new HashSet<string>();

        for (var id = 0; id < index.Count; id++)
        {
            var cycle = index[id];
            Assert.Equal(cycle.Length, cycle.Assets.Distinct().Count());
            Assert.Equal(cycle.Length, cycle.Legs.Select(leg => leg.Instrument).Distinct().Count());
            for (var i = 0; i < cycle.Length; i++)
            {
                var market = markets[cycle.Legs[i].Instrument];
                Assert.Equal(cycle.Assets[i], market.From(cycle.Legs[i].Side));
                Assert.Equal(cycle.Assets[(i + 1) % cycle.Length], market.To(cycle.Legs[i].Side));
            }

            Assert.True(seen.Add(string.Join(',', cycle.Legs.Select(leg => leg.Edge).Order())), $"{cycle} is listed twice.");
        }
    }

    [Fact]
    public void A_cycle_stays_at_one_venue()
    {
        CycleMarket[] split =
        [
            new(0, new Asset("BTC"), new Asset("USD"), Here),
            new(1, new Asset("ETH"), new Asset("USD"), Here),
            new(2, new Asset("ETH"), new Asset("BTC"), There),
        ];

        Assert.Equal(0, CycleIndex.Of(split, new CycleOptions()).Count);
    }

    [Fact]
    public void Two_venues_have_the_cycles_of_each()
    {
        var index = CycleIndex.Of([.. Complete(4, Here, 0), .. Complete(4, There, 6)], new CycleOptions { LegsMax = 4 });

        Assert.Equal(2 * 8, index.CountOfLength(3));
        Assert.Equal(2 * 6, index.CountOfLength(4));
        for (var id = 0; id < index.Count; id++)
        {
            Assert.Single(index[id].Legs.Select(leg => leg.Instrument < 6).Distinct());
        }
    }

    [Fact]
    public void With_start_assets_only_their_cycles_are_kept_and_begin_there()
    {
        var index = CycleIndex.Of(Complete(5, Here, 0), new CycleOptions { StartAssets = [new Asset("C"), new Asset("A")] });

        Assert.Equal(20 - 2, index.Count);
        for (var id = 0; id < index.Count; id++)
        {
            Assert.Equal(index[id].Assets.Contains(new Asset("C")) ? "C" : "A", index[id].Start.Code);
        }
    }

    private static CycleMarket[] Complete(int assets, VenueId venue, int firstNumber)
    {
        var markets = new List<CycleMarket>();
        for (var quote = 0; quote < assets; quote++)
        {
            for (var @base = quote + 1; @base < assets; @base++)
            {
                markets.Add(new CycleMarket(firstNumber + markets.Count, Name(@base), Name(quote), venue));
            }
        }

        return [.. markets];
    }

    private static Asset Name(int number) => new(((char)('A' + number)).ToString());
}
