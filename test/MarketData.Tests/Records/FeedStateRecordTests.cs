using System.Runtime.InteropServices;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.MarketData.Tests.Books;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.MarketData.Tests.Records;

public sealed class FeedStateRecordTests
{
    [Fact]
    public void Book_is_invalid_for_the_reason_its_feed_gives()
    {
        var book = ABook.With(ABook.Bid(100, 1), ABook.Ask(101, 1));
        Apply(book, FeedStateRecord.BookLost(0, BookInvalidReason.SequenceGap, 5, 6));
        Assert.Equal(BookState.Invalid, book.State);
        Assert.Equal(BookInvalidReason.SequenceGap, book.InvalidReason);
        Assert.Empty(book.Bids.ToArray());
    }

    [Fact]
    public void Reason_of_a_later_version_counts_as_a_rejected_message()
    {
        var header = FeedStateRecord.BookLost(0, (BookInvalidReason)200, 5, 6);
        Assert.Equal(BookInvalidReason.MessageRejected, FeedStateRecord.Reason(header));
    }

    [Fact]
    public void Other_feed_states_leave_the_book_alone()
    {
        var book = ABook.With(ABook.Bid(100, 1), ABook.Ask(101, 1));
        Assert.Equal(BookChanges.None, Apply(book, FeedStateRecord.Header(FeedState.MarketHalted, 0, 5, 6)));
        Assert.Equal(BookState.Live, book.State);
    }

    private static BookChanges Apply(OrderBook book, RecordHeader header) =>
        book.Apply(new Record(MemoryMarshal.AsBytes(new ReadOnlySpan<RecordHeader>(in header))));
}
