using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Simulation.SeededMarket;

namespace Parallax.Simulation.Tests.SeededMarket;

public sealed class MispricingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_cycle_pays_unplanted_even_without_fees(ulong seed)
    {
        var market = new Watched(new MarketTerms { Seed = seed, MispricingsPerMinute = 0, FeedDelayNanos = 0 });
        for (var i = 0; i < 15_000; i++)
        {
            var changed = market.MoveNext();
            Assert.All(market.Triangles[changed], t => Assert.True(market.GrossRate(t) <= 1m, $"Seed {seed}, record {i}: {t}."));
        }
    }

    [Fact]
    public void Every_book_holds_its_fair_price_between_bid_and_ask_unless_it_is_the_mispriced_one()
    {
        var market = new Watched(new MarketTerms { Seed = 21, MispricingsPerMinute = 30 });
        var mispriced = 0;
        for (var i = 0; i < 30_000; i++)
        {
            market.MoveNext();
            for (var number = 0; number < market.Books.Length; number++)
            {
                var instrument = market.Books[number].Instrument;
                var fair = market.Generator.FairPrice(number) / (double)instrument.TickSize;
                var isHeld = market.Books[number].Bids[0].PriceTicks < fair && fair < market.Books[number].Asks[0].PriceTicks;
                if (market.Generator.Living?.Instrument == number)
                {
                    mispriced += isHeld ? 0 : 1;
                }
                else
                {
                    Assert.True(isHeld, $"Record {i}: {instrument.Id} at {market.Books[number].Bids[0]}, {market.Books[number].Asks[0]}, fair {fair}.");
                }
            }
        }

        Assert.True(mispriced > 1000);
    }

    [Fact]
    public void A_planted_cycle_pays_its_margin_from_its_first_record_to_its_last_and_not_after()
    {
        var terms = new MarketTerms { Seed = 11, MispricingsPerMinute = 60, MispricingFeeBps = 26 };
        var market = new Watched(terms);
        var kept = 1 - 0.0026m;
        var seen = new HashSet<long>();
        Mispricing? living = null;
        for (var i = 0; i < 40_000; i++)
        {
            market.MoveNext();
            if (living is not null && market.Generator.Living is null)
            {
                Assert.True(market.GrossRate(Legs(living)) * kept * kept * kept < 1m);
                Assert.Equal(living.VenueTime + living.LifeNanos, market.Generator.Header.VenueTime);
                Assert.Equal(market.Generator.Header.ReceivedTime, market.Generator.Ended!.ClosedReceivedTime);
            }

            living = market.Generator.Living;
            if (living is not null)
            {
                seen.Add(living.VenueTime);
                var gross = market.GrossRate(Legs(living));
                Assert.Equal(living.GrossRate, gross);
                Assert.Equal(living.NetMarginBps, ((gross * kept * kept * kept) - 1) * 10_000);
                Assert.InRange(living.NetMarginBps, 2m, 25m);
                Assert.Contains(living.Legs, l => l.Instrument == living.Instrument);
                Assert.All(living.Legs, l => Assert.Equal(l.Best, market.Best(l.Instrument, l.Side)));
            }
        }

        Assert.True(seen.Count > 20);
    }

    [Fact]
    public void The_first_half_of_the_three_books_stands_still_while_a_mispricing_lives()
    {
        var market = new Watched(new MarketTerms { Seed = 12, MispricingsPerMinute = 60, BriefPercent = 0 });
        var still = new Dictionary<(ushort, BookSide), Level[]>();
        Mispricing? living = null;
        var records = 0;
        for (var i = 0; i < 30_000; i++)
        {
            market.MoveNext();
            if (market.Generator.Living is not { } now)
            {
                living = null;
                continue;
            }

            foreach (var leg in now.Legs)
            {
                for (var side = BookSide.Bid; side <= BookSide.Ask; side++)
                {
                    var book = market.Books[leg.Instrument];
                    var half = book.Levels(side)[..((book.Instrument.BookDepth + 1) / 2)].ToArray();
                    if (living?.VenueTime != now.VenueTime)
                    {
                        still[(leg.Instrument, side)] = half;
                    }

                    Assert.Equal(still[(leg.Instrument, side)], half);
                }
            }

            living = now;
            records++;
        }

        Assert.True(records > 1000);
    }

    [Fact]
    public void Brief_and_lasting_mispricings_come_as_often_as_asked()
    {
        var terms = new MarketTerms { Seed = 13, Instruments = 10, MispricingsPerMinute = 30, EventsPerSecond = 20, BriefPercent = 40 };
        var planted = new List<Mispricing>();
        new MarketGenerator(terms).WriteUntil(terms.StartTime + (1800 * UtcNanos.PerSecond), new Nowhere(), planted);

        var brief = planted.Count(m => m.LifeNanos <= 60 * UtcNanos.PerMillisecond);
        Assert.InRange(planted.Count, 550, 900); // 900 pauses of 2 s in half an hour, less the time they live.
        Assert.InRange(brief / (double)planted.Count, 0.33, 0.47);
        Assert.All(planted, m => Assert.True(m.LifeNanos is >= 5_000_000 and <= 60_000_000 or >= 300_000_000 and <= 3_000_000_000));
        Assert.True(planted.Select(m => string.Join(' ', m.Legs.Select(l => (l.Instrument, l.Side)))).Distinct().Count() > 8);
    }

    [Fact]
    public void A_market_without_a_triangle_plants_nothing()
    {
        var terms = new MarketTerms { Seed = 1, Instruments = 2, MispricingsPerMinute = 600 };
        var generator = new MarketGenerator(terms);
        generator.WriteUntil(terms.StartTime + (60 * UtcNanos.PerSecond), new Nowhere());

        Assert.Null(generator.Ended);
        Assert.Null(generator.Living);
    }

    private static (int, Side)[] Legs(Mispricing mispricing) => [.. mispricing.Legs.Select(l => ((int)l.Instrument, l.Side))];

    /// <summary>A generated market with its books and, found the plain way, all of its triangles.</summary>
    private sealed class Watched
    {
        public Watched(MarketTerms terms)
        {
            Generator = new MarketGenerator(terms);
            Books = [.. Generator.Instruments.Select(i => new OrderBook(i))];
            Triangles = [.. Books.Select(_ => new List<(int, Side)[]>())];
            var edges = Books.SelectMany((b, i) => new[]
            {
                (From: b.Instrument.Quote, To: b.Instrument.Base, Leg: (i, Side.Buy)),
                (From: b.Instrument.Base, To: b.Instrument.Quote, Leg: (i, Side.Sell)),
            }).ToArray();
            var triangles =
                from a in edges
                from b in edges
                where a.To == b.From && b.To != a.From
                from c in edges
                where b.To == c.From && c.To == a.From
                select new[] { a.Leg, b.Leg, c.Leg };
            foreach (var triangle in triangles)
            {
                Triangles[triangle[0].i].Add(triangle);
            }

            for (var i = 0; i < 2 * Books.Length; i++)
            {
                MoveNext();
            }
        }

        public MarketGenerator Generator { get; }

        public OrderBook[] Books { get; }

        /// <summary>By the instrument of their first leg; each triangle stands at all three of its instruments.</summary>
        public List<(int, Side)[]>[] Triangles { get; }

        public int MoveNext()
        {
            Generator.MoveNext();
            var header = Generator.Header;
            if (header.Kind is MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta)
            {
                Books[header.Subject].Apply(header, BookRecord.Levels(Generator.Payload));
            }

            return header.Subject;
        }

        public Level Best(int instrument, Side side)
        {
            Assert.True(Books[instrument].TryGetBest(side.TakesFrom(), out var best));
            return best;
        }

        public decimal GrossRate((int Instrument, Side Side)[] legs)
        {
            decimal received = 1, spent = 1;
            foreach (var (instrument, side) in legs)
            {
                var price = Books[instrument].Instrument.Price(Best(instrument, side).PriceTicks);
                (received, spent) = side == Side.Buy ? (received, spent * price) : (received * price, spent);
            }

            return received / spent;
        }
    }

    private sealed class Nowhere : Journal.Framing.IRecordSink
    {
        public void Append(in Journal.Framing.RecordHeader header, ReadOnlySpan<byte> payload)
        {
        }
    }
}
