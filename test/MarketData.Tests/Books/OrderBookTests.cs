using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Record = Parallax.Journal.Framing.Record;
using static Parallax.MarketData.Tests.Books.ABook;

namespace Parallax.MarketData.Tests.Books;

public sealed class OrderBookTests
{
    [Fact]
    public void Book_has_no_best_price_before_the_first_snapshot()
    {
        var book = new OrderBook(Instrument());
        Assert.Equal(BookState.AwaitingSnapshot, book.State);
        Assert.False(book.TryGetBest(BookSide.Bid, out _));
        Assert.False(book.TryGetBest(BookSide.Ask, out _));
        Assert.True(book.IsStale(0, long.MaxValue));
    }

    [Fact]
    public void Book_has_no_best_bid_when_the_side_is_empty()
    {
        var book = With(Ask(101, 5));
        Assert.False(book.TryGetBest(BookSide.Bid, out _));
        Assert.True(book.TryGetBest(BookSide.Ask, out var ask));
        Assert.Equal(new Level(101, 5), ask);
        Assert.Equal(BookState.Live, book.State);
    }

    [Fact]
    public void Delta_before_the_snapshot_is_refused_and_counted()
    {
        var book = new OrderBook(Instrument());
        Assert.Equal(BookChanges.None, book.Delta(Bid(100, 1)));
        Assert.Equal(1, book.RefusedDeltas);
        Assert.Equal(BookState.AwaitingSnapshot, book.State);
        Assert.Empty(book.Bids.ToArray());
    }

    [Fact]
    public void Levels_stand_best_first_on_both_sides()
    {
        var book = With(Bid(98, 1), Ask(103, 2), Bid(100, 3), Ask(101, 4), Bid(99, 5), Ask(102, 6));
        Assert.Equal([new Level(100, 3), new Level(99, 5), new Level(98, 1)], book.Bids.ToArray());
        Assert.Equal([new Level(101, 4), new Level(102, 6), new Level(103, 2)], book.Levels(BookSide.Ask).ToArray());
    }

    [Fact]
    public void Snapshot_replaces_both_sides()
    {
        var book = With(Bid(98, 1), Ask(103, 2));
        book.Snapshot(Bid(97, 9));
        Assert.Equal([new Level(97, 9)], book.Bids.ToArray());
        Assert.Empty(book.Asks.ToArray());
    }

    [Fact]
    public void Zero_quantity_removes_and_removing_what_is_not_there_is_nothing()
    {
        var book = With(Bid(100, 1), Bid(99, 2));
        Assert.Equal(BookChanges.BidWorsened, book.Delta(Bid(100, 0), Bid(55, 0)));
        Assert.Equal([new Level(99, 2)], book.Bids.ToArray());
    }

    [Fact]
    public void A_price_that_comes_twice_in_one_record_keeps_the_last_quantity()
    {
        var book = With(Bid(100, 1));
        book.Delta(Bid(100, 0), Bid(100, 7), Bid(99, 5), Bid(99, 0));
        Assert.Equal([new Level(100, 7)], book.Bids.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Depth_is_cut_after_all_changes_of_a_record_in_either_order(bool insertFirst)
    {
        // Cut after each change, the insertion would push out 98 before the removal makes room for it.
        var book = WithDepth(3, Bid(100, 1), Bid(99, 1), Bid(98, 1));
        BookLevel[] changes = insertFirst ? [Bid(101, 1), Bid(100, 0)] : [Bid(100, 0), Bid(101, 1)];
        book.Delta(changes);
        Assert.Equal([101L, 99L, 98L], book.Bids.ToArray().Select(l => l.PriceTicks));
    }

    [Fact]
    public void A_level_that_fell_out_of_depth_comes_back_as_an_ordinary_change()
    {
        var book = WithDepth(2, Ask(101, 1), Ask(102, 2));
        book.Delta(Ask(100, 1));
        Assert.Equal([100L, 101L], book.Asks.ToArray().Select(l => l.PriceTicks));
        book.Delta(Ask(100, 0), Ask(102, 2));
        Assert.Equal([101L, 102L], book.Asks.ToArray().Select(l => l.PriceTicks));
    }

    [Fact]
    public void Quantity_at_a_price_is_found_at_any_depth()
    {
        var book = WithDepth(0, [.. Enumerable.Range(1, 5000).Select(i => Bid(i * 2, i))]);
        Assert.True(book.TryGetQuantity(BookSide.Bid, 3000, out var lots));
        Assert.Equal(1500, lots);
        Assert.False(book.TryGetQuantity(BookSide.Bid, 3001, out _));
        Assert.False(book.TryGetQuantity(BookSide.Ask, 3000, out _));
    }

    [Fact]
    public void Crossed_and_locked_are_states_that_end_by_themselves()
    {
        var book = With(Bid(100, 1), Ask(101, 1));
        Assert.Equal(BookChanges.BidImproved | BookChanges.State, book.Delta(Bid(101, 1)));
        Assert.Equal(BookState.Locked, book.State);
        Assert.Equal(BookChanges.BidImproved | BookChanges.State, book.Delta(Bid(102, 1)));
        Assert.Equal(BookState.Crossed, book.State);
        Assert.Equal(BookChanges.BidWorsened | BookChanges.State, book.Delta(Bid(102, 0), Bid(101, 0)));
        Assert.Equal(BookState.Live, book.State);
    }

    [Fact]
    public void Changes_say_what_became_of_the_best_prices()
    {
        var book = new OrderBook(Instrument());
        Assert.Equal(
            BookChanges.BidImproved | BookChanges.AskImproved | BookChanges.State,
            book.Snapshot(Bid(100, 1), Ask(105, 1)));
        Assert.Equal(BookChanges.BidQuantity, book.Delta(Bid(100, 2)));
        Assert.Equal(BookChanges.None, book.Delta(Bid(100, 2)));
        Assert.Equal(BookChanges.None, book.Delta(Bid(99, 2)));
        Assert.Equal(BookChanges.AskImproved, book.Delta(Ask(104, 1)));
        Assert.Equal(BookChanges.AskWorsened, book.Delta(Ask(104, 0)));
        Assert.Equal(BookChanges.BidWorsened | BookChanges.AskImproved, book.Delta(Bid(100, 0), Ask(103, 4)));
        Assert.Equal(BookChanges.BidWorsened, book.Delta(Bid(99, 0)));
        Assert.Equal(BookChanges.BidImproved, book.Delta(Bid(1, 1)));
    }

    [Fact]
    public void A_snapshot_equal_to_the_book_changes_nothing()
    {
        var book = With(Bid(100, 1), Ask(105, 1));
        Assert.Equal(BookChanges.None, book.Snapshot(Bid(100, 1), Ask(105, 1)));
    }

    [Fact]
    public void A_wrong_checksum_empties_the_book_until_the_next_snapshot()
    {
        var book = With(Bid(100, 1), Ask(105, 1));
        Assert.Equal(
            BookChanges.BidWorsened | BookChanges.AskWorsened | BookChanges.State,
            book.Delta(checksum: 12345, Bid(99, 1)));
        Assert.Equal(BookState.Invalid, book.State);
        Assert.Equal(BookInvalidReason.ChecksumMismatch, book.InvalidReason);
        Assert.Equal(1, book.ChecksumMismatches);
        Assert.False(book.TryGetBest(BookSide.Bid, out _));
        Assert.Equal(BookChanges.None, book.Delta(Bid(99, 1)));
        Assert.Equal(1, book.RefusedDeltas);
        book.Snapshot(Bid(100, 1));
        Assert.Equal(BookState.Live, book.State);
        Assert.Equal(BookInvalidReason.None, book.InvalidReason);
    }

    [Fact]
    public void A_checksum_that_the_decimals_cannot_print_makes_the_book_invalid()
    {
        var book = new OrderBook(Instrument(tick: 0.001m, priceDecimals: 2));
        book.Snapshot(Bid(100, 1));
        book.Delta(checksum: 1);
        Assert.Equal(BookInvalidReason.ChecksumUndefined, book.InvalidReason);
    }

    [Fact]
    public void A_lost_feed_empties_the_book()
    {
        var book = With(Bid(100, 1));
        Assert.Equal(BookChanges.BidWorsened | BookChanges.State, book.Invalidate(BookInvalidReason.FeedLost));
        Assert.Equal(BookInvalidReason.FeedLost, book.InvalidReason);
        Assert.Equal(BookChanges.None, book.Invalidate(BookInvalidReason.FeedLost));
    }

    [Fact]
    public void Staleness_counts_from_the_last_record_applied()
    {
        var book = With(Bid(100, 1));
        Assert.Equal((1L, 2L), (book.VenueTime, book.ReceivedTime));
        Assert.False(book.IsStale(nowNanos: 1002, limitNanos: 1000));
        Assert.True(book.IsStale(nowNanos: 1003, limitNanos: 1000));
        book.Delta();
        Assert.False(book.IsStale(nowNanos: 1003, limitNanos: 1000));
    }

    [Fact]
    public void A_payload_that_is_no_whole_number_of_levels_makes_the_book_invalid()
    {
        var book = With(Bid(100, 1));
        var bytes = new byte[RecordHeader.Size + 24];
        bytes[4] = MarketRecordKind.BookDelta;
        book.Apply(new Record(bytes));
        Assert.Equal(BookInvalidReason.MalformedRecord, book.InvalidReason);
    }

    [Fact]
    public void Records_of_other_kinds_change_nothing()
    {
        var book = With(Bid(100, 1));
        var bytes = new byte[RecordHeader.Size + TradeRecord.Size];
        bytes[4] = MarketRecordKind.Trade;
        Assert.Equal(BookChanges.None, book.Apply(new Record(bytes)));
        Assert.Equal(2, book.ReceivedTime);
    }
}
