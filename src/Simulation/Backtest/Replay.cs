using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Simulation.Venue;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Backtest;

/// <summary>Feeds a tape to the engine and lets the simulated venue answer its orders in between: the clock of a backtest.</summary>
/// <remarks>
/// One thread, no waiting: time is whatever the next record says. Before a record reaches the engine, everything that is due earlier
/// happens, orders and deadlines in their order; what is due at the record's own moment happens after it.
/// </remarks>
public sealed class Replay : IUnreadRecords, IOrderEventSink
{
    /// <summary>How many records pass between two looks at cancellation and progress: a few milliseconds of work.</summary>
    private const int RecordsPerLook = 1 << 15;

    /// <summary>After the last record: time enough for every answer and many queries, and an end where a venue never answers.</summary>
    private const long SettleNanos = 600 * UtcNanos.PerSecond;

    private readonly Engine _engine;
    private readonly SimulatedVenue _venue;
    private readonly VenueClock _clock;
    private readonly PayloadWriter _payload = new();
    private ReplayMarket? _market;
    private byte[] _frame = new byte[512];
    private ulong _inputs;
    private RecordCursor _unread;
    private RecordCursor _ahead;

    /// <param name="clock">Has observed the whole tape.</param>
    public Replay(Engine engine, SimulatedVenue venue, VenueClock clock)
    {
        _engine = engine;
        _venue = venue;
        _clock = clock;
    }

    /// <summary>Records of the tape that reached the engine.</summary>
    public long Records { get; private set; }

    /// <summary>Plays everything from the cursor on, lets what is under way settle for ten minutes of market time, then ends the session.</summary>
    /// <param name="progress">Told the records played so far, every few milliseconds.</param>
    /// <exception cref="DamagedFileException">The tape is damaged; what was played is in the journal.</exception>
    public void Run(RecordCursor cursor, IProgress<long>? progress, CancellationToken cancellation)
    {
        var look = RecordsPerLook;
        var time = 0L;
        while (true)
        {
            _unread = cursor;
            if (!cursor.TryRead(out var record))
            {
                break;
            }

            time = record.Header.ReceivedTime;
            if (_venue.HasWorkBefore(time) || _engine.Deadlines.Next < time)
            {
                HappenBefore(time);
            }

            if (cursor.TryGuessSubject(out var next))
            {
                // While this record is handled, the memory of the next one's book is on its way: of a thousand books few are in the cache.
                _engine.Markets.FetchAhead(next);
            }

            _engine.Handle(record);
            Records++;
            if (_venue.IsWatching)
            {
                _venue.Observe(record);
            }

            if (--look == 0)
            {
                look = RecordsPerLook;
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(Records);
            }
        }

        HappenBefore(time + SettleNanos);
        _engine.End();
        progress?.Report(Records);
    }

    void IUnreadRecords.Rewind() => _ahead = _unread;

    bool IUnreadRecords.TryNext(out Record record) => _ahead.TryRead(out record);

    void IOrderEventSink.Take(in OrderEvent report, long venueTime, long receivedTime) =>
        Give(report.Header(venueTime, receivedTime), report.Write(_payload));

    void IOrderEventSink.Take(Statement item, long venueTime, long receivedTime) =>
        Give(item.Header(venueTime, receivedTime), item.Write(_payload));

    private void HappenBefore(long time)
    {
        _market ??= new ReplayMarket(_engine.Markets.Books, this, _clock);
        while (true)
        {
            var deadline = _engine.Deadlines.Next;
            var next = _venue.TryNextTime(out var due) ? Math.Min(due, deadline) : deadline;
            if (next >= time)
            {
                return;
            }

            if (next == deadline && (due != deadline || !_venue.HasWorkBefore(deadline + 1)))
            {
                Give(InputKind.Header(InputKind.Timer, deadline), []);
            }
            else
            {
                _venue.ProcessBefore(next + 1, _market, this);
            }
        }
    }

    private void Give(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var size = RecordFramer.RecordSize(payload.Length);
        if (_frame.Length < size)
        {
            _frame = new byte[size * 2];
        }

        RecordFramer.Write(_frame, header, payload, ++_inputs);
        _engine.Handle(new Record(_frame.AsSpan(0, size)));
    }
}
