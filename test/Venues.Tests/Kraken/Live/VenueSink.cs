using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Trading.Engine;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>Takes a live feed's records as the engine does, gives its verdicts back, and can be waited on.</summary>
internal sealed class VenueSink(IReadOnlyList<Instrument> instruments) : IRecordSink
{
    private readonly Lock _gate = new();
    private readonly OrderBook[] _books = [.. instruments.Select(one => new OrderBook(one))];
    private readonly long[] _updates = new long[instruments.Count];
    private readonly List<FeedState> _states = [];
    private long _lastReceived;

    /// <summary>Where verdicts go; set before the feed starts.</summary>
    public IFeedRepair? Repair { get; set; }

    public int ChecksumFailures { get; private set; }

    public bool TimeRanBackwards { get; private set; }

    public T Read<T>(Func<IReadOnlyList<OrderBook>, IReadOnlyList<long>, IReadOnlyList<FeedState>, T> read)
    {
        lock (_gate)
        {
            return read(_books, _updates, _states);
        }
    }

    public bool AllLive => Read((books, _, _) => books.All(book => book.State == BookState.Live));

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            TimeRanBackwards |= header.ReceivedTime < _lastReceived;
            _lastReceived = header.ReceivedTime;
            switch (header.Kind)
            {
                case MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta:
                    var before = _books[header.Subject].State;
                    _books[header.Subject].Apply(header, BookRecord.Levels(payload));
                    _updates[header.Subject]++;
                    Judge(header.Subject, before);
                    break;
                case MarketRecordKind.FeedState:
                    _states.Add(FeedStateRecord.State(header));
                    Lose(header);
                    break;
            }
        }
    }

    private void Lose(in RecordHeader header)
    {
        switch (FeedStateRecord.State(header))
        {
            case FeedState.Disconnected:
                for (ushort number = 0; number < _books.Length; number++)
                {
                    var was = _books[number].State;
                    _books[number].Invalidate(BookInvalidReason.FeedLost);
                    Judge(number, was);
                }

                break;
            case FeedState.BookLost or FeedState.MarketHalted:
                var before = _books[header.Subject].State;
                _books[header.Subject].Invalidate(FeedStateRecord.Reason(header));
                Judge(header.Subject, before);
                break;
        }
    }

    private void Judge(ushort number, BookState before)
    {
        if (before is not BookState.Invalid && _books[number].State == BookState.Invalid)
        {
            ChecksumFailures += _books[number].InvalidReason == BookInvalidReason.ChecksumMismatch ? 1 : 0;
            Repair?.Resynchronise(number, _books[number].InvalidReason);
        }
    }
}
