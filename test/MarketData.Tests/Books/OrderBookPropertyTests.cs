using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;

namespace Parallax.MarketData.Tests.Books;

/// <summary>The fast book against the obvious one, over thousands of seeded histories.</summary>
public sealed class OrderBookPropertyTests
{
    [Theory]
    [InlineData(1, 30, 5)]
    [InlineData(3, 30, 5)]
    [InlineData(10, 40, 3)]
    [InlineData(25, 60, 8)]
    [InlineData(0, 400, 12)]
    public void Book_and_checksum_are_those_of_the_obvious_book(int depth, int band, int changesMax)
    {
        for (var seed = 1ul; seed <= 300; seed++)
        {
            var random = new BookRandom(seed * 7919 + (ulong)depth);
            var instrument = ABook.Instrument(depth);
            var obvious = new ObviousBook(instrument);
            var book = new OrderBook(instrument);
            for (var message = 0; message < 60; message++)
            {
                var isSnapshot = message == 0 || random.OneIn(25);
                var levels = random.Levels(isSnapshot ? band : changesMax, band, mayCross: true);
                obvious.Apply(isSnapshot, levels);
                var before = (Best(book, BookSide.Bid), Best(book, BookSide.Ask), book.State);
                var changes = book.Apply(
                    BookRecord.Header(isSnapshot ? MarketRecordKind.BookSnapshot : MarketRecordKind.BookDelta, 0, message, message, obvious.Checksum()),
                    levels);
                var context = $"seed {seed}, message {message}";
                Assert.True(book.State is not BookState.Invalid, $"checksum mismatch at {context}");
                Same(instrument, obvious, book, context);
                Assert.True(changes == Expected(before, book), $"{changes} at {context}");
            }
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(0)]
    public void Checksums_verify_whether_or_not_earlier_records_carried_one(int depth)
    {
        for (var seed = 1ul; seed <= 1_000; seed++)
        {
            var random = new BookRandom(seed * 104_729 + (ulong)depth);
            var obvious = new ObviousBook(ABook.Instrument(depth));
            var book = new OrderBook(ABook.Instrument(depth));
            var hasChecksum = false;
            for (var message = 0; message < 60; message++)
            {
                // Few levels, so that they rise into the ten that are covered and fall out again.
                var isSnapshot = message == 0 || random.OneIn(40);
                var levels = random.Levels(isSnapshot ? 26 : 3, 14, mayCross: false);
                obvious.Apply(isSnapshot, levels);
                hasChecksum ^= random.OneIn(5);
                var kind = isSnapshot ? MarketRecordKind.BookSnapshot : MarketRecordKind.BookDelta;
                book.Apply(hasChecksum ? BookRecord.Header(kind, 0, 1, 2, obvious.Checksum()) : BookRecord.Header(kind, 0, 1, 2), levels);
                Assert.True(book.State is not BookState.Invalid, $"checksum mismatch at seed {seed}, message {message}");
            }

            Assert.Equal(obvious.Checksum(), book.Checksum());
        }
    }

    [Fact]
    public void Snapshot_and_deltas_give_the_later_snapshot()
    {
        for (var seed = 1ul; seed <= 500; seed++)
        {
            var random = new BookRandom(seed);
            var instrument = ABook.Instrument(depth: 0);
            var live = new OrderBook(instrument);
            live.Snapshot(random.Levels(50, 40, mayCross: false));
            for (var i = 0; i < 40; i++)
            {
                live.Delta(random.Levels(6, 40, mayCross: false));
            }

            var later = new OrderBook(instrument);
            later.Snapshot(
            [
                .. live.Asks.ToArray().Select(l => ABook.Ask(l.PriceTicks, l.QuantityLots)),
                .. live.Bids.ToArray().Select(l => ABook.Bid(l.PriceTicks, l.QuantityLots)),
            ]);
            Assert.True(live.Bids.SequenceEqual(later.Bids) && live.Asks.SequenceEqual(later.Asks), $"seed {seed}");
            Assert.Equal(live.State, later.State);
        }
    }

    [Fact]
    public void Ten_thousand_levels_grow_from_either_end_and_from_the_middle()
    {
        var random = new BookRandom(1);
        foreach (var order in new Func<int, long>[] { i => i, i => 20_000 - i, _ => 1 + random.Below(20_000) })
        {
            var instrument = ABook.Instrument(depth: 0);
            var obvious = new ObviousBook(instrument);
            var book = new OrderBook(instrument);
            book.Snapshot();
            for (var i = 1; i <= 10_000; i++)
            {
                var level = ABook.Ask(order(i), i);
                obvious.Apply(false, [level]);
                book.Delta(level);
            }

            Same(instrument, obvious, book, "growth");
        }
    }

    private static void Same(Instrument instrument, ObviousBook obvious, OrderBook book, string context)
    {
        foreach (var side in new[] { BookSide.Bid, BookSide.Ask })
        {
            var expected = obvious.Side(side).ToArray();
            var found = book.Levels(side).ToArray().Select(l => (instrument.Price(l.PriceTicks), instrument.Quantity(l.QuantityLots))).ToArray();
            Assert.True(expected.SequenceEqual(found), $"{side} at {context}");
        }
    }

    private static Level? Best(OrderBook book, BookSide side) => book.TryGetBest(side, out var level) ? level : null;

    private static BookChanges Expected((Level? Bid, Level? Ask, BookState State) before, OrderBook book)
    {
        var bid = Edge(before.Bid, Best(book, BookSide.Bid), (was, now) => now > was);
        var ask = Edge(before.Ask, Best(book, BookSide.Ask), (was, now) => now < was);
        return (BookChanges)(bid | (ask << 3)) | (before.State == book.State ? BookChanges.None : BookChanges.State);
    }

    private static int Edge(Level? before, Level? after, Func<long, long, bool> isBetter) => (before, after) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => 2,
        ({ } was, { } now) when was.PriceTicks != now.PriceTicks => isBetter(was.PriceTicks, now.PriceTicks) ? 1 : 2,
        ({ } was, { } now) => was.QuantityLots == now.QuantityLots ? 0 : 4,
    };
}
