using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Simulation.SeededMarket;

namespace Parallax.Simulation.Tests.SeededMarket;

public sealed class MarketGeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        var first = Generate(new MarketTerms { Seed = 7 }, seconds: 20);
        var second = Generate(new MarketTerms { Seed = 7 }, seconds: 20);
        var other = Generate(new MarketTerms { Seed = 8 }, seconds: 20);

        Assert.True(first.Bytes.SequenceEqual(second.Bytes));
        Assert.False(first.Bytes.SequenceEqual(other.Bytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(300)]
    public void Books_are_two_sided_as_deep_as_promised_and_never_crossed(int instruments)
    {
        var terms = new MarketTerms { Seed = 3, Instruments = instruments, MispricingsPerMinute = 60 };
        var tape = Generate(terms, seconds: 10);
        var books = new Dictionary<ushort, OrderBook>();
        for (var i = 0; i < tape.Count; i++)
        {
            var record = tape[i];
            if (record.Header.Kind == MarketRecordKind.Instrument)
            {
                books.Add(record.Header.Subject, new OrderBook(InstrumentRecord.Read(record.Payload)));
                continue;
            }

            var book = books[record.Header.Subject];
            book.Apply(record);
            if (record.Header.Kind != MarketRecordKind.Trade)
            {
                Assert.Equal(BookState.Live, book.State);
                Assert.Equal(book.Instrument.BookDepth, book.Bids.Length);
                Assert.Equal(book.Instrument.BookDepth, book.Asks.Length);
                Assert.True(book.Bids[^1].PriceTicks > 0);
            }
        }

        Assert.Equal(instruments, books.Count);
    }

    private static MemoryTape Generate(MarketTerms terms, int seconds, List<Mispricing>? planted = null)
    {
        var tape = new MemoryTape();
        new MarketGenerator(terms).WriteUntil(terms.StartTime + (seconds * UtcNanos.PerSecond), tape, planted);
        return tape;
    }
}
