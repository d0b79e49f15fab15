using Parallax.Journal.Framing;
using Parallax.Journal.Rings;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;

namespace Parallax.Trading.Engine.Live;

/// <summary>The way of one thread's records to the engine thread: a ring, and what happens when it is full.</summary>
/// <remarks>One producer, <see cref="Append"/>; everything internal belongs to the engine thread. Allocates nothing unless it overflows.</remarks>
public sealed class Inlet : IRecordSink
{
    private readonly RecordRing _ring;
    private readonly OverflowPolicy _policy;
    private readonly Doorbell _doorbell;
    private readonly Lock _lostLock = new();
    private readonly SortedDictionary<ushort, BookInvalidReason> _lost = [];
    private volatile bool _hasLost;
    private volatile bool _isClosed;
    private long _dropped;

    internal Inlet(string name, OverflowPolicy policy, int capacity, Doorbell doorbell)
    {
        Name = name;
        _policy = policy;
        _ring = new RecordRing(capacity);
        _doorbell = doorbell;
    }

    /// <summary>For people: <c>kraken</c>, <c>kraken orders</c>.</summary>
    public string Name { get; }

    /// <summary>Records for which there was no room. Any thread.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Hands a record to the engine thread.</summary>
    /// <remarks>After the session's end records are let go: nobody is there to decide on them.</remarks>
    /// <exception cref="ArgumentException">The record is larger than half of the ring.</exception>
    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if ((_hasLost && !TryReportLost(header)) || !_ring.TryAppend(header, payload))
        {
            OnFull(header, payload);
        }

        _doorbell.Ring();
    }

    internal bool IsEmpty => _ring.IsEmpty;

    internal bool TryPeek(out Record record) => _ring.TryPeek(out record);

    internal void Release() => _ring.Release();

    /// <summary>
    /// The books that missed a record and were not yet reported, once everything before is read: for a feed that has nothing more to say
    /// and so would never report them itself.
    /// </summary>
    /// <returns>False when there are none or when records still wait before them.</returns>
    internal bool TryTakeLost(Span<(ushort Instrument, BookInvalidReason Reason)> taken, out int count)
    {
        count = 0;
        if (!_hasLost)
        {
            return false;
        }

        lock (_lostLock)
        {
            if (!_ring.IsEmpty)
            {
                return false;
            }

            foreach (var (instrument, reason) in _lost)
            {
                if (count == taken.Length)
                {
                    break;
                }

                taken[count++] = (instrument, reason);
            }

            for (var i = 0; i < count; i++)
            {
                _lost.Remove(taken[i].Instrument);
            }

            _hasLost = _lost.Count > 0;
            return count > 0;
        }
    }

    /// <summary>From now on nothing is taken and nobody waits.</summary>
    internal void Close() => _isClosed = true;

    private void OnFull(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (!MayDrop(header))
        {
            WaitAndAppend(header, payload);
            return;
        }

        Interlocked.Increment(ref _dropped);
        var reason = header.Kind switch
        {
            MarketRecordKind.BookDelta or MarketRecordKind.BookSnapshot => BookInvalidReason.MessageRejected,
            MarketRecordKind.FeedState => FeedStateRecord.Reason(header),
            _ => BookInvalidReason.None,
        };
        if (reason != BookInvalidReason.None)
        {
            lock (_lostLock)
            {
                _lost[header.Subject] = reason;
                _hasLost = true;
            }
        }
    }

    private bool MayDrop(in RecordHeader header) => _policy == OverflowPolicy.DropAndResync && header.Kind switch
    {
        MarketRecordKind.BookDelta or MarketRecordKind.BookSnapshot or MarketRecordKind.Trade or MarketRecordKind.BestQuote => true,
        MarketRecordKind.FeedState => FeedStateRecord.State(header) == FeedState.BookLost,
        _ => false,
    };

    private void WaitAndAppend(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var wait = new SpinWait();
        while (!_isClosed && ((_hasLost && !TryReportLost(header)) || !_ring.TryAppend(header, payload)))
        {
            _doorbell.Ring();
            wait.SpinOnce();
        }
    }

    /// <summary>Puts the books that missed a record before the next record.</summary>
    /// <returns>False when there is no room for all of them.</returns>
    private bool TryReportLost(in RecordHeader next)
    {
        lock (_lostLock)
        {
            while (_lost.Count > 0)
            {
                var (instrument, reason) = _lost.First();
                if (!_ring.TryAppend(FeedStateRecord.BookLost(instrument, reason, next.VenueTime, next.ReceivedTime), []))
                {
                    return false;
                }

                _lost.Remove(instrument);
            }

            _hasLost = false;
            return true;
        }
    }
}
