using System.Security.Cryptography;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Simulation.Randomness;
using Parallax.Simulation.SeededMarket;

namespace Parallax.Simulation.Tests.SeededMarket;

public sealed class MarketGeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var first = Generate(new MarketTerms { Seed = 7 }, seconds: 20);
        var second = Generate(new MarketTerms { Seed = 7 }, seconds: 20);
        var other = Generate(new MarketTerms { Seed = 8 }, seconds: 20);

        Assert.True(first.Bytes.SequenceEqual(second.Bytes));
        Assert.False(first.Bytes.SequenceEqual(other.Bytes));
    }

    /// <summary>Taken once on x86-64. Another digest on another machine is a bug; after a change of the generator it is a decision: old seeds are gone.</summary>
    [Fact]
    public void A_seed_gives_the_bytes_it_always_gave()
    {
        var tape = Generate(new MarketTerms { Seed = 42, Instruments = 20, MispricingsPerMinute = 30 }, seconds: 60);

        Assert.Equal("d40653ea0abd71b4c763ae40bd7d1baf", Convert.ToHexStringLower(SHA256.HashData(tape.Bytes))[..32]);
    }

    [Fact]
    public void A_market_written_piece_by_piece_is_the_market_written_at_once()
    {
        var terms = new MarketTerms { Seed = 7, MispricingsPerMinute = 60 };
        var once = new List<Mispricing>();
        var whole = Generate(terms, seconds: 20, once);
        var pieces = new MemoryTape();
        var planted = new List<Mispricing>();
        var generator = new MarketGenerator(terms);
        var count = 0L;
        for (var end = terms.StartTime; end <= terms.StartTime + (20 * UtcNanos.PerSecond); end += UtcNanos.PerSecond / 4)
        {
            count += generator.WriteUntil(end, pieces, planted);
        }

        Assert.True(whole.Bytes.SequenceEqual(pieces.Bytes));
        Assert.Equal(whole.Count, count);
        Assert.Equal(once.Select(m => m.ReceivedTime), planted.Select(m => m.ReceivedTime));
        Assert.NotEmpty(planted);
    }

    [Fact]
    public void Any_terms_give_books_that_are_full_verified_and_never_crossed()
    {
        for (var seed = 0UL; seed < 40; seed++)
        {
            var random = new SeededRandom(seed);
            var terms = new MarketTerms
            {
                Seed = seed,
                Instruments = (int)random.Between(1, 60),
                Depth = random.Chance(0.5) ? (int)random.Between(5, 40) : null,
                EventsPerSecond = (int)random.Between(1, 20_000),
                HasChecksums = random.Chance(0.5),
                MispricingsPerMinute = (int)random.Between(0, 300),
                MispricingFeeBps = (int)random.Between(0, 60),
                FeedJitterNanos = random.Below(50_000_000),
            };
            CheckBooks(terms, records: 3_000);
        }
    }

    [Fact]
    public void Two_thousand_instruments_are_distinct_and_priced_on_sensible_grids()
    {
        var terms = new MarketTerms { Seed = 5, Instruments = 2000, HasChecksums = true };
        var generator = new MarketGenerator(terms);

        Assert.Equal(2000, generator.Instruments.Select(i => i.Symbol).Distinct().Count());
        CheckBooks(terms, records: 30_000, (instrument, book) =>
        {
            var (bid, ask) = (book.Bids[0], book.Asks[0]);
            Assert.InRange(bid.PriceTicks, 5_000, 2_000_000);
            Assert.InRange((ask.PriceTicks - bid.PriceTicks) / (double)bid.PriceTicks, 0, 0.005);
            Assert.True(instrument.Quantity(bid.QuantityLots) >= instrument.QuantityMin);
            Assert.True(instrument.Price(bid.PriceTicks) * instrument.Quantity(bid.QuantityLots) >= instrument.NotionalMin);
        });
    }

    [Fact]
    public void Records_are_received_in_the_order_in_which_they_happened_within_the_stated_delay()
    {
        var terms = new MarketTerms { Seed = 2, FeedDelayNanos = 3_000_000, FeedJitterNanos = 2_000_000 };
        var tape = Generate(terms, seconds: 10);
        var (venue, received) = (0L, 0L);
        for (var i = terms.Instruments; i < tape.Count; i++)
        {
            ref readonly var header = ref tape[i].Header;
            Assert.True(header.VenueTime >= venue && header.ReceivedTime >= received);
            Assert.InRange(header.ReceivedTime - header.VenueTime, 3_000_000, 5_000_000);
            (venue, received) = (header.VenueTime, header.ReceivedTime);
        }
    }

    [Fact]
    public void Without_feed_delay_records_are_received_when_they_happen()
    {
        var tape = Generate(new MarketTerms { Seed = 2, FeedDelayNanos = 0, FeedJitterNanos = 0 }, seconds: 5);

        for (var i = 0; i < tape.Count; i++)
        {
            Assert.Equal(tape[i].Header.VenueTime, tape[i].Header.ReceivedTime);
        }
    }

    [Fact]
    public void Activity_falls_with_the_rank_of_the_instrument()
    {
        var tape = Generate(new MarketTerms { Seed = 4, MispricingsPerMinute = 0, EventsPerSecond = 2000 }, seconds: 30);
        var trades = new int[30];
        var changesOfBest = 0;
        var deltas = 0;
        var books = new OrderBook[30];
        for (var i = 0; i < tape.Count; i++)
        {
            var record = tape[i];
            var number = record.Header.Subject;
            switch (record.Header.Kind)
            {
                case MarketRecordKind.Instrument:
                    books[number] = new OrderBook(InstrumentRecord.Read(record.Payload));
                    break;
                case MarketRecordKind.Trade:
                    trades[number]++;
                    break;
                default:
                    deltas++;
                    changesOfBest += (books[number].Apply(record) & BookChanges.Best) != BookChanges.None ? 1 : 0;
                    break;
            }
        }

        // Zipf: the first has twice the second's and ten times the tenth's share.
        Assert.InRange(trades[0] / (double)trades[1], 1.8, 2.2);
        Assert.InRange(trades[0] / (double)trades[9], 8, 12.5);
        Assert.InRange(changesOfBest / (double)deltas, 0.35, 0.5);
    }

    [Fact]
    public void Trades_print_at_the_best_price_and_take_from_it()
    {
        var terms = new MarketTerms { Seed = 6 };
        var tape = Generate(terms, seconds: 10);
        var books = new MarketGenerator(terms).Instruments.Select(i => new OrderBook(i)).ToArray();
        var trades = 0;
        for (var i = terms.Instruments; i < tape.Count; i++)
        {
            var record = tape[i];
            var book = books[record.Header.Subject];
            if (record.Header.Kind != MarketRecordKind.Trade)
            {
                book.Apply(record);
                continue;
            }

            trades++;
            var trade = TradeRecord.Read(record.Payload);
            Assert.True(book.TryGetBest(trade.Aggressor.TakesFrom(), out var best));
            Assert.Equal(best.PriceTicks, trade.PriceTicks);
            Assert.InRange(trade.QuantityLots, 1, best.QuantityLots);
            if (trade.QuantityLots < best.QuantityLots && i + 1 < tape.Count)
            {
                book.Apply(tape[i + 1]);
                Assert.True(book.TryGetBest(trade.Aggressor.TakesFrom(), out var after));
                Assert.Equal(best with { QuantityLots = best.QuantityLots - trade.QuantityLots }, after);
            }
        }

        Assert.True(trades > 500);
    }

    [Fact]
    public void A_record_allocates_nothing()
    {
        var generator = new MarketGenerator(new MarketTerms { Seed = 1, MispricingsPerMinute = 0, HasChecksums = true });
        Make(50_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Make(100_000);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated);

        void Make(int count)
        {
            for (var i = 0; i < count; i++)
            {
                generator.MoveNext();
            }
        }
    }

    [Fact]
    public void Terms_out_of_range_are_refused_with_what_was_found()
    {
        var wrong = Assert.Throws<ArgumentException>(() => new MarketGenerator(new MarketTerms { Seed = 1, Instruments = 2001 }));

        Assert.Equal("A seeded market's Instruments is 1 to 2000; found 2001.", wrong.Message);
        Assert.Throws<ArgumentException>(() => new MarketGenerator(new MarketTerms { Seed = 1, Instruments = 0 }));
        Assert.Throws<ArgumentException>(() => new MarketGenerator(new MarketTerms { Seed = 1, Depth = 4 }));
        Assert.Throws<ArgumentException>(() => new MarketGenerator(new MarketTerms { Seed = 1, FeedDelayNanos = -1 }));
        Assert.Throws<ArgumentException>(() => new MarketGenerator(new MarketTerms { Seed = 1, MispricingMarginBps = (9, 3) }));
    }

    private static void CheckBooks(MarketTerms terms, int records, Action<Instrument, OrderBook>? check = null)
    {
        var generator = new MarketGenerator(terms);
        var books = generator.Instruments.Select(i => new OrderBook(i)).ToArray();
        var bytes = new byte[1 << 16];
        for (var i = 0; i < (2 * books.Length) + records; i++)
        {
            generator.MoveNext();
            if (generator.Header.Kind is MarketRecordKind.Instrument or MarketRecordKind.Trade)
            {
                continue;
            }

            RecordFramer.Write(bytes, generator.Header, generator.Payload, 1);
            var book = books[generator.Header.Subject];
            book.Apply(new Parallax.Journal.Framing.Record(bytes.AsSpan(0, RecordFramer.RecordSize(generator.Payload.Length))));
            if (book.State != BookState.Live || book.Bids.Length != book.Instrument.BookDepth || book.Asks.Length != book.Instrument.BookDepth
                || book.Bids[^1].PriceTicks <= 0 || generator.Payload.IsEmpty)
            {
                Assert.Fail($"{terms}: record {i} leaves {book.Instrument.Id} {book.State} with {book.Bids.Length} and {book.Asks.Length} levels.");
            }

            check?.Invoke(book.Instrument, book);
        }

        Assert.All(books, b => Assert.True(terms.HasChecksums == b.VerifiedChecksums > 0));
    }

    private static MemoryTape Generate(MarketTerms terms, int seconds, List<Mispricing>? planted = null)
    {
        var tape = new MemoryTape();
        new MarketGenerator(terms).WriteUntil(terms.StartTime + (seconds * UtcNanos.PerSecond), tape, planted);
        return tape;
    }
}
