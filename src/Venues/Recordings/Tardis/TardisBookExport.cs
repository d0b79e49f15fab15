using System.Globalization;
using System.Text;
using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Records;

namespace Parallax.Venues.Recordings.Tardis;

/// <summary>What an export wrote, and what the layout has no room for.</summary>
public sealed record TardisExportReport
{
    /// <summary>Snapshots and deltas.</summary>
    public long Messages { get; internal set; }

    public long Rows { get; internal set; }

    /// <summary>Messages with a time finer than the layout's microseconds, which was rounded down.</summary>
    public long RoundedTimes { get; internal set; }

    /// <summary>Trades, best quotes, feed states and others: not part of this layout.</summary>
    public long OtherRecords { get; internal set; }

    /// <summary>Snapshots of an empty book and deltas without levels: a message of this layout has at least one row.</summary>
    public long EmptyMessages { get; internal set; }
}

/// <summary>Writes the books of a tape as tardis.dev <c>incremental_book_L2</c>: what an import of that layout read, value for value and in order.</summary>
public sealed class TardisBookExport
{
    private const int RowBytesMax = 512;

    private readonly Stream _target;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly List<(Instrument Instrument, byte[] Name)> _instruments = [];
    private int _used;

    private TardisBookExport(Stream target) => _target = target;

    private TardisExportReport Report { get; } = new();

    /// <exception cref="DamagedFileException">The tape is damaged.</exception>
    /// <exception cref="MalformedRecordException">A record's payload is not what its kind promises.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static TardisExportReport Run(TapeFile tape, Stream target, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var export = new TardisBookExport(target);
        export.Write(Encoding.ASCII.GetBytes(string.Join(',', TardisBookLayout.Columns) + "\n"));
        var cursor = tape.Cursor();
        for (var read = 0L; cursor.TryRead(out var record); read++)
        {
            if (read % 65_536 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((double)cursor.Position.Offset / tape.Size);
            }

            export.Take(record);
        }

        export.Flush();
        return export.Report;
    }

    private void Take(Record record)
    {
        switch (record.Header.Kind)
        {
            case MarketRecordKind.Instrument:
                Define(record);
                break;
            case MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta:
                TakeBook(record);
                break;
            default:
                Report.OtherRecords++;
                break;
        }
    }

    private void Define(Record record)
    {
        if (record.Header.Subject == _instruments.Count)
        {
            var instrument = InstrumentRecord.Read(record.Payload);
            _instruments.Add((instrument, Encoding.UTF8.GetBytes($"{instrument.Id.Venue},{instrument.Symbol},")));
        }
    }

    private void TakeBook(Record record)
    {
        ref readonly var header = ref record.Header;
        if (header.Subject >= _instruments.Count || record.Payload.Length % BookLevel.Size != 0)
        {
            throw new MalformedRecordException($"Record {header.Sequence} is a book of an unknown instrument or of a broken length.");
        }

        var levels = BookRecord.Levels(record.Payload);
        if (levels.IsEmpty)
        {
            Report.EmptyMessages++;
            return;
        }

        Report.Messages++;
        Report.Rows += levels.Length;
        if (header.VenueTime % UtcNanos.PerMicrosecond != 0 || header.ReceivedTime % UtcNanos.PerMicrosecond != 0)
        {
            Report.RoundedTimes++;
        }

        var (instrument, name) = _instruments[header.Subject];
        foreach (var level in levels)
        {
            if (_buffer.Length - _used < RowBytesMax)
            {
                Flush();
            }

            Add(name);
            Add(Micros(header.VenueTime));
            Add(","u8);
            Add(Micros(header.ReceivedTime));
            Add(header.Kind == MarketRecordKind.BookSnapshot ? ",true,"u8 : ",false,"u8);
            Add(level.Side == BookSide.Bid ? "bid,"u8 : "ask,"u8);
            Add(instrument.Price(level.PriceTicks));
            Add(","u8);
            Add(instrument.Quantity(level.QuantityLots));
            Add("\n"u8);
        }
    }

    private static decimal Micros(long nanos) => Math.DivRem(nanos, UtcNanos.PerMicrosecond).Quotient;

    private void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Add(decimal value)
    {
        // Without trailing zeros, as JavaScript prints numbers.
        Decimals.Trim(value).TryFormat(_buffer.AsSpan(_used), out var written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    private void Write(ReadOnlySpan<byte> bytes) => _target.Write(bytes);

    private void Flush()
    {
        Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
