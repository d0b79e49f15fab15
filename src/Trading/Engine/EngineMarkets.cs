using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Trading.Decisions;

namespace Parallax.Trading.Engine;

/// <content>Definitions of instruments, and what feeds say of themselves.</content>
public sealed partial class Engine
{
    private void OnInstrument(Record record)
    {
        if (_desk is not null && record.Header.Subject >= Markets.Count)
        {
            throw new MalformedRecordException(
                $"Record {record.Header.Sequence} defines instrument {record.Header.Subject} after trading began; definitions come first.");
        }

        if (Markets.Define(record.Header.Subject, InstrumentRecord.Read(record.Payload)))
        {
            _journal.Copy(record);
        }
    }

    private void OnFeedState(Record record)
    {
        var subject = record.Header.Subject;
        switch (FeedStateRecord.State(record.Header))
        {
            case FeedState.BookLost when subject < Markets.Count:
                Distrust(subject, FeedStateRecord.Reason(record.Header));
                // Even where the book was lost before: the snapshot it waited for may be what was lost now.
                _repair?.Resynchronise(subject, FeedStateRecord.Reason(record.Header));
                break;
            case FeedState.MarketHalted when subject < Markets.Count:
                Distrust(subject, BookInvalidReason.FeedLost);
                break;
            case FeedState.MarketOpen when subject < Markets.Count && Markets.Book(subject).State == BookState.Invalid:
                _repair?.Resynchronise(subject, BookInvalidReason.FeedLost);
                break;
            case FeedState.Disconnected:
                foreach (var venue in Risk.Venues)
                {
                    Risk.OnDisconnected(venue);
                }

                for (var number = 0; number < Markets.Count; number++)
                {
                    Distrust((ushort)number, BookInvalidReason.FeedLost);
                }

                break;
        }
    }

    private void Distrust(ushort number, BookInvalidReason reason)
    {
        var desk = _desk ?? Begin();
        var book = Markets.Book(number);
        if (book.State is not (BookState.Invalid or BookState.AwaitingSnapshot))
        {
            var changes = book.Invalidate(reason);
            Totals.BooksInvalidated++;
            _journal.Write(new BookInvalidated(reason.ToString()), number);
            desk.OnBook(number, book, changes);
        }
    }
}
