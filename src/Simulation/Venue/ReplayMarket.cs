using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Simulation.Fills;

namespace Parallax.Simulation.Venue;

/// <summary>The venue's books in a replay: the engine's books, brought forward by what has happened but not been received.</summary>
/// <remarks>
/// There is no second set of books to feed. A copy of one book is made only when an order arrives and a record of that instrument is on
/// its way; otherwise the engine's own book is the answer. Engine thread only.
/// </remarks>
/// <param name="books">The engine's books by instrument number.</param>
/// <param name="unread">What the engine will be given next.</param>
/// <param name="clock">Has observed the whole recording.</param>
public sealed class ReplayMarket(IReadOnlyList<OrderBook> books, IUnreadRecords unread, VenueClock clock) : IVenueMarket
{
    private readonly OrderBook?[] _copies = new OrderBook?[books.Count];
    private BookLevel[] _levels = new BookLevel[64];

    /// <summary>Records on their way for longer than this are overlooked: one absurd time must not make every arrival read the whole tape.</summary>
    public const long HorizonNanos = 10 * UtcNanos.PerSecond;

    public OrderBook BookAt(ushort instrument, long time, TakenLevels taken)
    {
        var book = books[instrument];
        var horizon = time + Math.Min(clock.FeedDelayNanosMax, HorizonNanos);
        unread.Rewind();
        while (unread.TryNext(out var record) && record.Header.ReceivedTime <= horizon)
        {
            if (record.Header.Subject == instrument
                && record.Header.Kind is MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta
                && clock.ToLocal(record.Header) is var venueTime && venueTime <= time)
            {
                book = book == books[instrument] ? Copy(instrument) : book;
                book.Apply(record);
                taken.Observe(record, venueTime);
            }
        }

        return book;
    }

    private OrderBook Copy(ushort instrument)
    {
        var source = books[instrument];
        var copy = _copies[instrument] ??= new OrderBook(source.Instrument);
        var bids = source.Bids;
        var asks = source.Asks;
        if (_levels.Length < bids.Length + asks.Length)
        {
            _levels = new BookLevel[(bids.Length + asks.Length) * 2];
        }

        for (var i = 0; i < bids.Length; i++)
        {
            _levels[i] = new BookLevel(BookSide.Bid, bids[i].PriceTicks, bids[i].QuantityLots);
        }

        for (var i = 0; i < asks.Length; i++)
        {
            _levels[bids.Length + i] = new BookLevel(BookSide.Ask, asks[i].PriceTicks, asks[i].QuantityLots);
        }

        var header = BookRecord.Header(MarketRecordKind.BookSnapshot, instrument, source.VenueTime, source.ReceivedTime);
        copy.Apply(header, _levels.AsSpan(0, bids.Length + asks.Length));
        if (source.State is BookState.AwaitingSnapshot or BookState.Invalid)
        {
            // Nothing is known yet: the copy, too, has to wait for a snapshot before it believes a delta.
            copy.Invalidate(BookInvalidReason.FeedLost);
        }

        return copy;
    }
}
