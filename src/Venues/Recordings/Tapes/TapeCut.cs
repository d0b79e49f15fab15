using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Recordings.Import;

namespace Parallax.Venues.Recordings.Tapes;

/// <summary>Which part of a tape is kept.</summary>
public sealed record TapeCutOptions
{
    /// <summary>Received at or after this, UTC nanoseconds; <see langword="null"/> from the start.</summary>
    public long? From { get; init; }

    /// <summary>Received before this, UTC nanoseconds; <see langword="null"/> to the end.</summary>
    public long? To { get; init; }

    /// <summary>By pair (<c>BTC/USD</c>), pair and venue (<c>BTC/USD@kraken</c>) or the venue's symbol; <see langword="null"/> keeps all.</summary>
    public IReadOnlyList<string>? Instruments { get; init; }
}

/// <summary>Copies a part of a tape so that it stands alone: definitions, the books as they were at the cut, then the records.</summary>
/// <remarks>
/// A book at the cut becomes a snapshot received at the cut; one that was not held, or not to be believed, stays out until its next own
/// snapshot. What is not the market's (order events, timers) stays out too: without its beginning it would mean something else.
/// </remarks>
public sealed class TapeCut
{
    private readonly TapeCutOptions _options;
    private readonly IRecordSink _sink;
    private readonly Dictionary<ushort, Kept> _kept = [];
    private readonly PayloadWriter _writer = new();
    private readonly HashSet<string> _found = [];
    private BookLevel[] _levels = new BookLevel[256];
    private ushort _defined;
    private bool _isWriting;

    private TapeCut(TapeCutOptions options, IRecordSink sink)
    {
        _options = options;
        _sink = sink;
    }

    /// <returns>What was written.</returns>
    /// <exception cref="RecordingException">The tape has none of the instruments, or nothing in that time.</exception>
    /// <exception cref="DamagedFileException">The tape is damaged.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static RecordCounts Run(
        TapeFile tape, TapeCutOptions options, IRecordSink sink, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (options is { From: { } from, To: { } to } && from >= to)
        {
            throw new RecordingException($"The cut is empty: --from {new UtcNanos(from)} is not before --to {new UtcNanos(to)}.");
        }

        var cut = new TapeCut(options, sink);
        cut.Copy(tape, progress, cancellation);
        return cut.Counts;
    }

    private RecordCounts Counts { get; } = new();

    private void Copy(TapeFile tape, IProgress<double>? progress, CancellationToken cancellation)
    {
        var cursor = tape.Cursor();
        for (var read = 0L; cursor.TryRead(out var record); read++)
        {
            if (read % 65_536 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((double)cursor.Position.Offset / tape.Size);
            }

            if (record.Header.ReceivedTime >= _options.To)
            {
                break;
            }

            Take(record);
        }

        RequireFound(tape.Path);
        if (!_isWriting && _options.From is { } from)
        {
            // Nothing happened after the cut, but the books stand there.
            Begin(from);
        }

        if (Counts.Total == Counts.Definitions)
        {
            throw new RecordingException($"{tape.Path}: holds nothing in that time.");
        }
    }

    private void Take(Record record)
    {
        ref readonly var header = ref record.Header;
        if (header.Kind == MarketRecordKind.Instrument)
        {
            Define(header, record.Payload);
            return;
        }

        if (header.Kind > RecordKinds.MarketLast)
        {
            return;
        }

        var isOfFeed = header.Kind == MarketRecordKind.FeedState && header.Subject == FeedStateRecord.WholeFeed;
        Kept? kept = null;
        if (!isOfFeed && !_kept.TryGetValue(header.Subject, out kept))
        {
            return;
        }

        if (header.ReceivedTime < _options.From)
        {
            kept?.Book.Apply(record);
            return;
        }

        if (!_isWriting)
        {
            Begin(_options.From ?? header.ReceivedTime);
        }

        var copy = header;
        copy.Subject = kept?.Number ?? header.Subject;
        Append(copy, record.Payload);
    }

    private void Define(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var instrument = InstrumentRecord.Read(payload);
        if (!IsWanted(instrument))
        {
            return;
        }

        var kept = new Kept(_defined++, instrument, new OrderBook(instrument));
        if (!_kept.TryAdd(header.Subject, kept))
        {
            _defined--;
            return;
        }

        if (_isWriting || _options.From is null)
        {
            _isWriting = true;
            Append(InstrumentRecord.Header(kept.Number, header.ReceivedTime), InstrumentRecord.Write(_writer, instrument));
        }
    }

    private void Begin(long at)
    {
        _isWriting = true;
        var kept = _kept.Values.OrderBy(one => one.Number).ToList();
        foreach (var one in kept)
        {
            Append(InstrumentRecord.Header(one.Number, at), InstrumentRecord.Write(_writer, one.Instrument));
        }

        foreach (var one in kept)
        {
            if (one.Book.State is BookState.Live or BookState.Locked or BookState.Crossed)
            {
                Append(BookRecord.Header(MarketRecordKind.BookSnapshot, one.Number, one.Book.VenueTime, at), BookRecord.Payload(Levels(one.Book)));
            }
        }
    }

    private ReadOnlySpan<BookLevel> Levels(OrderBook book)
    {
        var count = 0;
        if (_levels.Length < book.Bids.Length + book.Asks.Length)
        {
            _levels = new BookLevel[book.Bids.Length + book.Asks.Length];
        }

        foreach (var level in book.Bids)
        {
            _levels[count++] = new BookLevel(BookSide.Bid, level.PriceTicks, level.QuantityLots);
        }

        foreach (var level in book.Asks)
        {
            _levels[count++] = new BookLevel(BookSide.Ask, level.PriceTicks, level.QuantityLots);
        }

        return _levels.AsSpan(0, count);
    }

    private bool IsWanted(Instrument instrument)
    {
        if (_options.Instruments is not { } wanted)
        {
            return true;
        }

        var isWanted = false;
        foreach (var name in wanted)
        {
            if (name == instrument.Symbol || name == instrument.Id.Pair || name == instrument.Id.ToString())
            {
                _found.Add(name);
                isWanted = true;
            }
        }

        return isWanted;
    }

    private void RequireFound(string path)
    {
        var missing = _options.Instruments?.FirstOrDefault(name => !_found.Contains(name));
        if (missing is not null)
        {
            throw new RecordingException($"{path}: has no instrument {missing}; \"tape info\" lists those it has.");
        }
    }

    private void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        _sink.Append(header, payload);
        Counts.Count(header, payload.Length);
    }

    private sealed record Kept(ushort Number, Instrument Instrument, OrderBook Book);
}
