using Parallax.Domain;
using Parallax.MarketData.Books;

namespace Parallax.Measurements.Feed;

/// <summary>Makes a <see cref="FeedStream"/>.</summary>
public static class FeedGenerator
{
    public const ulong Seed = 20_260_101;

    private const int Depth = 10;
    private const long FirstMoment = 1_690_731_000_000_000;

    /// <summary>How many of a hundred pairs print their prices with so many decimals, in Kraken's list of 2025.</summary>
    private static readonly (int Decimals, int Share)[] PriceDecimals =
        [(4, 26), (3, 19), (5, 19), (2, 12), (6, 8), (8, 6), (7, 4), (1, 3), (9, 1), (0, 1), (10, 1)];

    /// <param name="updates">Messages after the snapshots.</param>
    /// <param name="withChecksum">Whether messages carry the checksum field; without it they are those of a venue that has none.</param>
    public static FeedStream Make(int updates, int symbols = 100, ulong seed = Seed, bool withChecksum = true)
    {
        var random = new SplitMix(seed);
        var markets = MakeMarkets(symbols, random);
        var output = new MemoryStream(updates * 256);
        var ends = new List<int>(updates + symbols);
        var writer = new BookMessageWriter(output, withChecksum);
        foreach (var market in markets)
        {
            writer.Write(market.Book, "snapshot", market.Snapshot(), FirstMoment);
            ends.Add((int)output.Length);
        }

        var levelChanges = 0;
        var bestChanges = 0;
        var zipf = new Zipf(symbols);
        var moment = FirstMoment;
        for (var i = 0; i < updates; i++)
        {
            moment += 20 + random.Below(900);
            var market = markets[zipf.Draw(random)];
            var changes = market.Update();
            levelChanges += changes.Count;
            bestChanges += (market.LastChanges & BookChanges.Best) != BookChanges.None ? 1 : 0;
            writer.Write(market.Book, "update", changes, moment);
            ends.Add((int)output.Length);
        }

        return new FeedStream([.. markets.Select(m => m.Book.Instrument)], output.ToArray(), [.. ends], levelChanges, bestChanges);
    }

    private static GeneratedMarket[] MakeMarkets(int symbols, SplitMix random)
    {
        // The order of activity is not the order of decimals: every hundredth gets its decimals by lot.
        var decimals = PriceDecimals.SelectMany(p => Enumerable.Repeat(p.Decimals, p.Share)).ToArray();
        var markets = new GeneratedMarket[symbols];
        for (var i = 0; i < symbols; i++)
        {
            var price = decimals[random.Below(decimals.Length)];
            markets[i] = new GeneratedMarket(MakeInstrument(i, price, random.Happens(80) ? 5 : 8), random);
        }

        return markets;
    }

    private static Instrument MakeInstrument(int number, int priceDecimals, int quantityDecimals)
    {
        var quote = (number % 5) switch { 0 or 1 or 2 => "USD", 3 => "EUR", _ => "BTC" };
        var name = $"{(char)('A' + (number / 26))}{(char)('A' + (number % 26))}{(number % 3 == 0 ? "" : "X")}{(number % 7 == 0 ? "Q" : "")}C";
        return new Instrument
        {
            Id = new InstrumentId(new VenueId("kraken"), new Asset(name), new Asset(quote), InstrumentKind.Spot),
            Symbol = $"{name}/{quote}",
            TickSize = new decimal(1, 0, 0, false, (byte)priceDecimals),
            LotSize = new decimal(1, 0, 0, false, (byte)quantityDecimals),
            PriceDecimals = priceDecimals,
            QuantityDecimals = quantityDecimals,
            BookDepth = Depth,
        };
    }

    /// <summary>Draws 0 most often, n with the weight 1 / (n + 1).</summary>
    private sealed class Zipf
    {
        private readonly ulong[] _upTo;

        public Zipf(int count)
        {
            _upTo = new ulong[count];
            var sum = 0ul;
            for (var i = 0; i < count; i++)
            {
                sum += 1_000_000_000ul / (ulong)(i + 1);
                _upTo[i] = sum;
            }
        }

        public int Draw(SplitMix random)
        {
            var point = (ulong)((UInt128)random.Next() * _upTo[^1] >> 64);
            var found = Array.BinarySearch(_upTo, point);
            return found >= 0 ? found + 1 : ~found;
        }
    }
}
