using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Trading.Engine;

namespace Parallax.Cli.Market;

/// <summary>Keeps the books of a feed that no engine listens to, and gives the verdicts that an engine would (docs/decisions/0001).</summary>
/// <param name="next">Takes every record first; <see langword="null"/> when they are only watched.</param>
/// <remarks>Records come on the feed's thread, questions from any other.</remarks>
internal sealed class WatchedBooks(IReadOnlyList<Instrument> instruments, IRecordSink? next) : IRecordSink
{
    private readonly Lock _gate = new();
    private readonly OrderBook[] _books = [.. instruments.Select(one => new OrderBook(one))];
    private readonly BookCounts[] _counts = [.. instruments.Select(_ => new BookCounts())];

    /// <summary>Where verdicts go. To be set before the feed starts.</summary>
    public IFeedRepair? Repair { get; set; }

    public long Records { get; private set; }

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        next?.Append(header, payload);
        lock (_gate)
        {
            Records++;
            switch (header.Kind)
            {
                case MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta:
                    Apply(header, payload);
                    break;
                case MarketRecordKind.FeedState:
                    Lose(header);
                    break;
            }
        }
    }

    /// <summary>Looks at every book as it is now.</summary>
    /// <param name="look">Called once an instrument, while no record is taken.</param>
    public void Look(Action<int, OrderBook, BookCounts> look)
    {
        lock (_gate)
        {
            for (var number = 0; number < _books.Length; number++)
            {
                look(number, _books[number], _counts[number]);
            }
        }
    }

    private void Apply(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var book = _books[header.Subject];
        var before = book.State;
        book.Apply(header, BookRecord.Levels(payload));
        _counts[header.Subject].Updates++;
        Judge(header.Subject, before);
    }

    private void Lose(in RecordHeader header)
    {
        switch (FeedStateRecord.State(header))
        {
            case FeedState.Disconnected:
                for (var number = 0; number < _books.Length; number++)
                {
                    Invalidate((ushort)number, BookInvalidReason.FeedLost);
                }

                break;
            case FeedState.MarketHalted:
                Invalidate(header.Subject, BookInvalidReason.FeedLost);
                break;
            case FeedState.BookLost:
                Invalidate(header.Subject, FeedStateRecord.Reason(header));
                break;
        }
    }

    private void Invalidate(ushort number, BookInvalidReason reason)
    {
        var before = _books[number].State;
        if (before is not (BookState.Invalid or BookState.AwaitingSnapshot))
        {
            _books[number].Invalidate(reason);
            Judge(number, before);
        }
    }

    private void Judge(ushort number, BookState before)
    {
        if (before != BookState.Invalid && _books[number].State == BookState.Invalid)
        {
            var reason = _books[number].InvalidReason;
            _counts[number].ChecksumFailures += reason == BookInvalidReason.ChecksumMismatch ? 1 : 0;
            Repair?.Resynchronise(number, reason);
        }
    }
}

/// <summary>What happened to one book since the watch began.</summary>
internal sealed class BookCounts
{
    /// <summary>Snapshots and deltas.</summary>
    public long Updates { get; set; }

    public long ChecksumFailures { get; set; }
}
