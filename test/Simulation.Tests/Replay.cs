using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Simulation.Venue;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Simulation.Tests;

/// <summary>Replays a tape into books and a simulated venue by the three rules of the venue's contract; the engine is a callback.</summary>
internal sealed class Replay : IOrderEventSink, IUnreadRecords
{
    private readonly MemoryTape _tape;
    private readonly SimulatedVenue _venue;
    private readonly ReplayMarket _market;
    private readonly bool _observes;
    private int _next;
    private int _look;

    public Replay(MemoryTape tape, IReadOnlyList<Instrument> instruments, SimulatedVenue venue, VenueClock clock, bool observes = true)
    {
        _tape = tape;
        _venue = venue;
        _observes = observes;
        Books = [.. instruments.Select(i => new OrderBook(i))];
        _market = new ReplayMarket(Books, this, clock);
    }

    public OrderBook[] Books { get; }

    public List<Report> Reports { get; } = [];

    /// <summary>What the venue said of the account.</summary>
    public List<Statement> Statements { get; } = [];

    /// <summary>Called for each report, and with <see langword="null"/> after each record: what the engine does then.</summary>
    public Action<Replay, Report?>? Engine { get; init; }

    public long Now { get; private set; }

    public static VenueClock ClockOf(MemoryTape tape)
    {
        var clock = new VenueClock();
        for (var i = 0; i < tape.Count; i++)
        {
            clock.Observe(tape[i].Header);
        }

        return clock;
    }

    public Replay Run()
    {
        while (_next < _tape.Count)
        {
            var record = _tape[_next];
            if (_venue.HasWorkBefore(record.Header.ReceivedTime))
            {
                _venue.ProcessBefore(record.Header.ReceivedTime, _market, this);
            }

            _next++;
            Now = record.Header.ReceivedTime;
            if (record.Header.Kind is MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta)
            {
                Books[record.Header.Subject].Apply(record);
            }

            if (_venue.IsWatching && _observes)
            {
                _venue.Observe(record);
            }

            Engine?.Invoke(this, null);
        }

        _venue.ProcessBefore(long.MaxValue, _market, this);
        return this;
    }

    void IOrderEventSink.Take(in OrderEvent report, long venueTime, long receivedTime)
    {
        Now = receivedTime;
        var taken = new Report(report, venueTime, receivedTime);
        Reports.Add(taken);
        Engine?.Invoke(this, taken);
    }

    void IOrderEventSink.Take(Statement item, long venueTime, long receivedTime)
    {
        Now = receivedTime;
        Statements.Add(item);
    }

    void IUnreadRecords.Rewind() => _look = _next;

    bool IUnreadRecords.TryNext(out Record record)
    {
        record = _look < _tape.Count ? _tape[_look] : default;
        return _look++ < _tape.Count;
    }
}

internal sealed record Report(OrderEvent Event, long VenueTime, long ReceivedTime);
