using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;

namespace Parallax.Simulation.Fills;

/// <summary>Remembers what this run already took from a recorded book, so that a replay does not sell the same level again and again.</summary>
/// <remarks>
/// Recorded books do not know about our orders: a level we emptied is displayed as before. What we took from a price counts as gone while
/// the displayed quantity there is the one we took from and the last take is younger than the refill time. Records shown to
/// <see cref="Observe"/> make "is the one" exact, even when a quantity changes and changes back between two of our orders; without them
/// the quantities at our two orders are compared, which can only find less for us. Engine thread only; allocates when it grows.
/// </remarks>
public sealed class TakenLevels
{
    private readonly long _refillNanos;
    private readonly int[] _countByInstrument;
    private Entry[] _entries = new Entry[32];
    private int _count;
    private long _firstExpiry = long.MaxValue;

    /// <param name="instrumentCount">Instruments are numbered from 0 to one less.</param>
    /// <param name="refillNanos">How long a level we took from stays empty at the most; zero when it is never remembered.</param>
    public TakenLevels(int instrumentCount, long refillNanos)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(refillNanos);
        _countByInstrument = new int[instrumentCount];
        _refillNanos = refillNanos;
    }

    /// <summary>Whether a change of a displayed quantity could matter now.</summary>
    public bool IsWatching => _count > 0;

    /// <summary>Of the lots displayed at a price, those this run has not taken yet.</summary>
    public long Available(ushort instrument, BookSide side, Level displayed, long time)
    {
        var at = Find(instrument, side, displayed.PriceTicks);
        return at >= 0 && IsGood(_entries[at], displayed, time) ? displayed.QuantityLots - _entries[at].TakenLots : displayed.QuantityLots;
    }

    /// <param name="lots">Positive, at most what was available.</param>
    public void Take(ushort instrument, BookSide side, Level displayed, long lots, long time)
    {
        var at = Find(instrument, side, displayed.PriceTicks);
        var earlier = at >= 0 && IsGood(_entries[at], displayed, time) ? _entries[at].TakenLots : 0;
        if (at < 0)
        {
            if (_count == _entries.Length)
            {
                Array.Resize(ref _entries, _count * 2);
            }

            at = _count++;
            _countByInstrument[instrument]++;
        }

        _entries[at] = new Entry(instrument, side, displayed, earlier + lots, time);
        _firstExpiry = Math.Min(_firstExpiry, time + _refillNanos);
    }

    /// <summary>Shows a book record, so that a changed displayed quantity resets what was taken there.</summary>
    /// <param name="venueTime">The record's venue time on the local axis: changes before a take were part of the book it met.</param>
    public void Observe(Record record, long venueTime)
    {
        if (record.Header.ReceivedTime >= _firstExpiry)
        {
            Expire(record.Header.ReceivedTime);
        }

        var instrument = record.Header.Subject;
        if (instrument >= _countByInstrument.Length || _countByInstrument[instrument] == 0
            || record.Header.Kind is not (MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta)
            || record.Payload.Length % BookLevel.Size != 0)
        {
            return;
        }

        var levels = BookRecord.Levels(record.Payload);
        var isSnapshot = record.Header.Kind == MarketRecordKind.BookSnapshot;
        for (var i = _count - 1; i >= 0; i--)
        {
            ref readonly var entry = ref _entries[i];
            if (entry.Instrument == instrument && entry.LastTakeTime < venueTime && Changes(levels, entry, isSnapshot))
            {
                RemoveAt(i);
            }
        }
    }

    private static bool Changes(ReadOnlySpan<BookLevel> levels, in Entry entry, bool isSnapshot)
    {
        foreach (ref readonly var level in levels)
        {
            if (level.PriceTicks == entry.Displayed.PriceTicks && level.Side == entry.Side)
            {
                return level.QuantityLots != entry.Displayed.QuantityLots;
            }
        }

        return isSnapshot;
    }

    private bool IsGood(in Entry entry, Level displayed, long time) =>
        entry.Displayed.QuantityLots == displayed.QuantityLots && time - entry.LastTakeTime < _refillNanos;

    private int Find(ushort instrument, BookSide side, long priceTicks)
    {
        for (var i = _countByInstrument[instrument] == 0 ? -1 : _count - 1; i >= 0; i--)
        {
            ref readonly var entry = ref _entries[i];
            if (entry.Displayed.PriceTicks == priceTicks && entry.Instrument == instrument && entry.Side == side)
            {
                return i;
            }
        }

        return -1;
    }

    private void Expire(long now)
    {
        _firstExpiry = long.MaxValue;
        for (var i = _count - 1; i >= 0; i--)
        {
            var expiry = _entries[i].LastTakeTime + _refillNanos;
            if (expiry <= now)
            {
                RemoveAt(i);
            }
            else
            {
                _firstExpiry = Math.Min(_firstExpiry, expiry);
            }
        }
    }

    private void RemoveAt(int index)
    {
        _countByInstrument[_entries[index].Instrument]--;
        _entries[index] = _entries[--_count];
    }

    private readonly record struct Entry(ushort Instrument, BookSide Side, Level Displayed, long TakenLots, long LastTakeTime);
}
