using Parallax.Domain;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Tests.Engine;

public class SpotIndexTests
{
    private static readonly Asset[] Assets = [new("BTC"), new("ETH"), new("USD"), new("EUR")];
    private static readonly VenueId[] Venues = [new("one"), new("two")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_index_finds_what_a_look_through_all_markets_finds_in_the_same_order(int seed)
    {
        var random = new Random(seed);
        var markets = new Markets(new FeeTable(new FeeTerms(0.001m, FeeMode.Receive)));
        for (ushort number = 0; number < 30; number++)
        {
            markets.Define(number, AnyInstrument(random));
        }

        foreach (var venue in Venues)
        {
            foreach (var from in Assets)
            {
                var held = new Holding(from, venue);
                Assert.Equal(
                    Enumerable.Range(0, markets.Count).Where(number => IsSpot(markets, number, venue) && (Pair(markets, number).Base == from || Pair(markets, number).Quote == from)).Select(number => (ushort)number),
                    markets.Spot.Touching(held).ToArray());
                foreach (var to in Assets)
                {
                    var first = Enumerable.Range(0, markets.Count).FirstOrDefault(
                        number => IsSpot(markets, number, venue) && Pair(markets, number) is var (@base, quote) && ((@base, quote) == (from, to) || (quote, @base) == (from, to)), -1);
                    var isFound = markets.Spot.TryFind(venue, from, to, out var found, out var side);
                    Assert.Equal(first, isFound ? found : -1);
                    Assert.Equal(isFound && Pair(markets, first).Base == to ? Side.Buy : Side.Sell, isFound ? side : Side.Sell);
                }
            }
        }
    }

    private static bool IsSpot(Markets markets, int number, VenueId venue) =>
        markets.Instrument(number).Id is { Kind: InstrumentKind.Spot } id && id.Venue == venue;

    private static (Asset Base, Asset Quote) Pair(Markets markets, int number) => (markets.Instrument(number).Base, markets.Instrument(number).Quote);

    private static Instrument AnyInstrument(Random random)
    {
        var pair = Assets.OrderBy(_ => random.Next()).Take(2).ToArray();
        var kind = random.Next(4) == 0 ? InstrumentKind.LinearPerpetual : InstrumentKind.Spot;
        return new Instrument { Id = new InstrumentId(Venues[random.Next(2)], pair[0], pair[1], kind), Symbol = "any", TickSize = 0.01m, LotSize = 0.01m };
    }
}
