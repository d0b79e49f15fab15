using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;

namespace Parallax.Simulation.Scripted;

/// <summary>A market written by hand: listed instruments, then what happens to their books, moment by moment.</summary>
/// <remarks>For scenarios with known answers. Write everything, then <see cref="WriteTo"/> a tape.</remarks>
/// <param name="startTime">Venue time from which moments are counted, UTC nanoseconds.</param>
/// <param name="feedDelayNanos">Every record is received so much later than it happens; zero or more.</param>
public sealed class ScriptedMarket(VenueId venue, long startTime, long feedDelayNanos = 0)
{
    private readonly List<Instrument> _instruments = [];
    private readonly List<(RecordHeader Header, byte[] Payload)> _records = [];
    private long _afterStartNanos;

    /// <summary>By instrument number.</summary>
    public IReadOnlyList<Instrument> Instruments => _instruments;

    /// <summary>The moment that is being written, UTC nanoseconds at the venue.</summary>
    public long VenueTime => startTime + _afterStartNanos;

    /// <summary>Lists an instrument.</summary>
    /// <returns>Its number.</returns>
    public ushort List(string @base, string quote, decimal tick, decimal lot, decimal quantityMin = 0, decimal notionalMin = 0)
    {
        _instruments.Add(new Instrument
        {
            Id = new InstrumentId(venue, new Asset(@base), new Asset(quote), InstrumentKind.Spot),
            Symbol = $"{@base}/{quote}",
            TickSize = tick,
            LotSize = lot,
            QuantityMin = quantityMin,
            NotionalMin = notionalMin,
            PriceDecimals = tick.Scale,
            QuantityDecimals = lot.Scale,
        }.Validated());
        return (ushort)(_instruments.Count - 1);
    }

    /// <summary>Goes to a moment; what follows happens there.</summary>
    /// <param name="afterStartNanos">Never less than the moment before.</param>
    /// <exception cref="ArgumentOutOfRangeException">The moment lies before the last one.</exception>
    public ScriptedMarket At(long afterStartNanos)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(afterStartNanos, _afterStartNanos);
        _afterStartNanos = afterStartNanos;
        return this;
    }

    /// <summary>Replaces a book.</summary>
    public ScriptedMarket Book(ushort instrument, (decimal Price, decimal Quantity)[] bids, (decimal Price, decimal Quantity)[] asks) =>
        Write(MarketRecordKind.BookSnapshot, instrument,
            [.. bids.Select(l => Level(instrument, BookSide.Bid, l)), .. asks.Select(l => Level(instrument, BookSide.Ask, l))]);

    /// <summary>Puts quantities at prices of one side; a quantity of zero removes the price.</summary>
    public ScriptedMarket Set(ushort instrument, BookSide side, params (decimal Price, decimal Quantity)[] levels) =>
        Write(MarketRecordKind.BookDelta, instrument, [.. levels.Select(l => Level(instrument, side, l))]);

    /// <summary>Writes the instruments' definitions, then the records.</summary>
    public void WriteTo(IRecordSink sink)
    {
        var writer = new PayloadWriter();
        for (var i = 0; i < _instruments.Count; i++)
        {
            sink.Append(InstrumentRecord.Header((ushort)i, startTime), InstrumentRecord.Write(writer, _instruments[i]));
        }

        foreach (var (header, payload) in _records)
        {
            sink.Append(header, payload);
        }
    }

    private BookLevel Level(ushort instrument, BookSide side, (decimal Price, decimal Quantity) level)
    {
        var listed = _instruments[instrument];
        return listed.TryTicks(level.Price, out var ticks) && listed.TryLots(level.Quantity, out var lots)
            ? new BookLevel(side, ticks, lots)
            : throw new ArgumentException($"{level.Price} x {level.Quantity} is not on the grid of {listed.Id}.", nameof(level));
    }

    private ScriptedMarket Write(byte kind, ushort instrument, BookLevel[] levels)
    {
        var header = BookRecord.Header(kind, instrument, VenueTime, VenueTime + feedDelayNanos);
        _records.Add((header, BookRecord.Payload(levels).ToArray()));
        return this;
    }
}
