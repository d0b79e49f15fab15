using Parallax.Domain;
using Parallax.Strategies.Cycles;

namespace Parallax.Strategies.Tests.Cycles;

public sealed class CycleDiscoveryTests
{
    [Fact]
    public void Direction_of_each_leg_follows_from_base_and_quote()
    {
        var index = CycleIndex.Of(Markets("BTC/USD", "ETH/BTC", "ETH/USD"), new CycleOptions());

        Assert.Equal(["USD>BTC>ETH>USD", "USD>ETH>BTC>USD"], Names(index));
        Assert.Equal<CycleLeg>([new CycleLeg(0, Side.Buy), new CycleLeg(1, Side.Buy), new CycleLeg(2, Side.Sell)], index[0].Legs);
        Assert.Equal<CycleLeg>([new CycleLeg(2, Side.Buy), new CycleLeg(1, Side.Sell), new CycleLeg(0, Side.Sell)], index[1].Legs);
    }

    [Theory]
    [InlineData(5, 20, 30)]
    [InlineData(10, 240, 1_260)]
    [InlineData(20, 2_280, 29_070)]
    public void Counts_in_a_complete_graph_are_those_of_the_formula(int assets, int three, int four)
    {
        var pairs = new List<string>();
        for (var a = 0; a < assets; a++)
        {
            for (var b = 0; b < a; b++)
            {
                pairs.Add($"A{a}/A{b}");
            }
        }

        var index = CycleIndex.Of(Markets([.. pairs]), new CycleOptions { LegsMax = 4 });

        Assert.Equal((three, four), (index.CountOfLength(3), index.CountOfLength(4)));
        for (var edge = 0; edge < index.EdgeCount; edge++)
        {
            Assert.Equal((assets - 2) + ((assets - 2) * (assets - 3)), index.Through(edge).Length);
        }
    }

    [Fact]
    public void Every_cycle_is_closed_simple_and_listed_once()
    {
        var market = new RandomMarket(7, 4, 7, 6);
        var index = CycleIndex.Of(market.Instruments, new CycleOptions { LegsMax = 5 });

        var seen = new HashSet<string>();
        for (var id = 0; id < index.Count; id++)
        {
            var cycle = index[id];
            Assert.Equal(cycle.Length, cycle.Assets.Distinct().Count());
            Assert.Equal(cycle.Length, cycle.Legs.Select(leg => leg.Instrument).Distinct().Count());
            for (var k = 0; k < cycle.Length; k++)
            {
                var instrument = market.Instruments[cycle.Legs[k].Instrument];
                var (from, to) = cycle.Legs[k].Side == Side.Buy ? (instrument.Quote, instrument.Base) : (instrument.Base, instrument.Quote);
                Assert.Equal((cycle.Assets[k], cycle.Assets[(k + 1) % cycle.Length]), (from, to));
            }

            var smallest = Enumerable.Range(0, cycle.Length).Select(turn => string.Join(' ', Turned(cycle, turn))).Min(StringComparer.Ordinal)!;
            Assert.True(seen.Add(smallest), $"{cycle} is listed twice.");
        }
    }

    [Fact]
    public void Two_markets_between_the_same_assets_make_two_cycles()
    {
        var index = CycleIndex.Of(Markets("BTC/USD", "BTC/USD", "ETH/BTC", "ETH/USD"), new CycleOptions());

        Assert.Equal(4, index.Count);
        Assert.Equal(1, index.Through(new CycleLeg(1, Side.Buy).Edge).Length);
    }

    [Fact]
    public void Start_assets_keep_only_cycles_through_them_and_turn_each_to_the_first_it_contains()
    {
        var markets = Markets("BTC/USD", "BTC/EUR", "EUR/USD", "ETH/BTC", "ETH/USD", "ETH/EUR", "SOL/BTC", "SOL/ETH");

        var index = CycleIndex.Of(markets, new CycleOptions { StartAssets = [new("EUR"), new("USD"), new("XYZ")] });

        Assert.All(Names(index), name => Assert.True(name.StartsWith("EUR>", StringComparison.Ordinal) || (name.StartsWith("USD>", StringComparison.Ordinal) && !name.Contains("EUR", StringComparison.Ordinal)), name));
        Assert.DoesNotContain(Names(index), name => name.StartsWith("BTC", StringComparison.Ordinal));
        Assert.Equal(CycleIndex.Of(markets, new CycleOptions()).Count - 2, index.Count);
    }

    [Fact]
    public void Without_start_assets_a_cycle_begins_at_the_most_usual_quote_asset_and_else_at_the_first_in_order()
    {
        Assert.Equal(["USDT>BTC>SOL>USDT", "USDT>SOL>BTC>USDT"], Names(CycleIndex.Of(Markets("BTC/USDT", "SOL/BTC", "SOL/USDT"), new CycleOptions())));
        Assert.Equal(["ADA>SOL>XRP>ADA", "ADA>XRP>SOL>ADA"], Names(CycleIndex.Of(Markets("XRP/SOL", "SOL/ADA", "XRP/ADA"), new CycleOptions())));
    }

    [Fact]
    public void A_cycle_can_be_turned_to_another_of_its_assets()
    {
        var cycle = CycleIndex.Of(Markets("BTC/USD", "ETH/BTC", "ETH/USD"), new CycleOptions())[0];

        var turned = cycle.StartingAt(new Asset("ETH"));

        Assert.Equal("ETH>USD>BTC>ETH", turned.ToString());
        Assert.Equal([2, 0, 1], turned.Legs.Select(leg => leg.Instrument));
        Assert.Throws<ArgumentException>(() => cycle.StartingAt(new Asset("SOL")));
    }

    [Fact]
    public void Derivatives_are_no_exchange_of_two_assets()
    {
        var instruments = new[] { Spot("BTC", "USD", InstrumentKind.Spot), Spot("ETH", "BTC", InstrumentKind.LinearPerpetual), Spot("ETH", "USD", InstrumentKind.Spot) };

        Assert.Equal(0, CycleIndex.Of(instruments, new CycleOptions()).Count);
    }

    [Fact]
    public void Too_many_cycles_and_bad_options_are_refused_with_a_sentence()
    {
        var markets = Markets("BTC/USD", "ETH/BTC", "ETH/USD", "SOL/USD", "SOL/BTC", "SOL/ETH");

        var tooMany = Assert.Throws<ArgumentException>(() => CycleIndex.Of(markets, new CycleOptions { LegsMax = 4, CyclesMax = 13 }));
        Assert.Contains("more than 13 cycles of up to 4 legs", tooMany.Message);
        Assert.Equal(14, CycleIndex.Of(markets, new CycleOptions { LegsMax = 4, CyclesMax = 14 }).Count);
        Assert.Throws<ArgumentException>(() => CycleIndex.Of(markets, new CycleOptions { LegsMax = 6 }));
        Assert.Throws<ArgumentException>(() => CycleIndex.Of(markets, new CycleOptions { LegsMax = 2 }));
        Assert.Throws<ArgumentException>(() => CycleIndex.Of([new CycleMarket(0, new("A"), new("A"))], new CycleOptions()));
        Assert.Throws<ArgumentException>(() => CycleIndex.Of([new CycleMarket(0, new("A"), new("B")), new CycleMarket(0, new("B"), new("C"))], new CycleOptions()));
    }

    [Fact]
    public void No_market_has_no_cycles()
    {
        var index = CycleIndex.Of(Markets(), new CycleOptions());

        Assert.Equal((0, 0), (index.Count, index.EdgeCount));
    }

    private static IEnumerable<string> Turned(Cycle cycle, int turn) =>
        Enumerable.Range(0, cycle.Length).Select(k => cycle.Legs[(turn + k) % cycle.Length].Edge.ToString("D5"));

    private static IReadOnlyList<string> Names(CycleIndex index) => [.. Enumerable.Range(0, index.Count).Select(id => index[id].ToString())];

    private static CycleMarket[] Markets(params string[] pairs) =>
        [.. pairs.Select((pair, number) => new CycleMarket(number, new Asset(pair.Split('/')[0]), new Asset(pair.Split('/')[1])))];

    private static Instrument Spot(string asset, string quote, InstrumentKind kind) => new()
    {
        Id = new InstrumentId(new VenueId("test"), new Asset(asset), new Asset(quote), kind),
        Symbol = asset + quote,
        TickSize = 1m,
        LotSize = 1m,
    };
}
