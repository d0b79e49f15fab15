using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Simulation.Venue;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Simulation.Tests;

/// <summary>A tape in memory: the bytes a tape file would hold, without the file.</summary>
internal sealed class MemoryTape : IRecordSink
{
    private readonly List<int> _starts = [];
    private byte[] _bytes = new byte[1 << 16];
    private int _used;

    public int Count => _starts.Count;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _used);

    public Record this[int index] =>
        new(_bytes.AsSpan(_starts[index], (index + 1 < Count ? _starts[index + 1] : _used) - _starts[index]));

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var size = RecordFramer.RecordSize(payload.Length);
        while (_used + size > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        _starts.Add(_used);
        _used += RecordFramer.Write(_bytes.AsSpan(_used), header, payload, (ulong)_starts.Count);
    }

    /// <summary>A whole book of one instrument, venue time and received time given.</summary>
    public MemoryTape Snapshot(ushort instrument, long venueTime, long receivedTime, Level[] bids, Level[] asks)
    {
        BookLevel[] levels =
        [
            .. bids.Select(l => new BookLevel(BookSide.Bid, l.PriceTicks, l.QuantityLots)),
            .. asks.Select(l => new BookLevel(BookSide.Ask, l.PriceTicks, l.QuantityLots)),
        ];
        Append(BookRecord.Header(MarketRecordKind.BookSnapshot, instrument, venueTime, receivedTime), BookRecord.Payload(levels));
        return this;
    }

    /// <summary>One level of one instrument.</summary>
    public MemoryTape Delta(ushort instrument, long venueTime, long receivedTime, BookSide side, long ticks, long lots)
    {
        BookLevel[] levels = [new(side, ticks, lots)];
        Append(BookRecord.Header(MarketRecordKind.BookDelta, instrument, venueTime, receivedTime), BookRecord.Payload(levels));
        return this;
    }
}
