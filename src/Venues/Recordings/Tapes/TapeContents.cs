using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Records;
using Parallax.Venues.Recordings.Import;

namespace Parallax.Venues.Recordings.Tapes;

/// <summary>What one instrument has on a tape.</summary>
public sealed record InstrumentContents(ushort Number, Instrument Instrument, RecordCounts Records);

/// <summary>What a tape holds, counted by reading and verifying all of it.</summary>
public sealed record TapeContents
{
    public required string Path { get; init; }

    /// <summary>The file in bytes, a torn tail included.</summary>
    public required long Size { get; init; }

    public required RecordCounts Records { get; init; }

    public required IReadOnlyList<InstrumentContents> Instruments { get; init; }

    /// <summary>Bytes of the records that are neither a level nor another payload: headers and padding.</summary>
    public required long OverheadBytes { get; init; }

    /// <summary>What a crash left at the end; not counted. <see langword="null"/> without one.</summary>
    public required TornTail? TornTail { get; init; }

    /// <exception cref="DamagedFileException">The tape is damaged before its tail.</exception>
    /// <exception cref="MalformedRecordException">A record's payload is not what its kind promises.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static TapeContents Of(TapeFile tape, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var counter = new Counter();
        var cursor = tape.Cursor();
        for (var read = 0L; cursor.TryRead(out var record); read++)
        {
            if (read % 65_536 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((double)cursor.Position.Offset / tape.Size);
            }

            counter.Count(record);
        }

        return new TapeContents
        {
            Path = tape.Path,
            Size = tape.Size,
            Records = counter.All,
            Instruments = counter.Instruments,
            OverheadBytes = counter.OverheadBytes,
            TornTail = tape.TornTail,
        };
    }

    private sealed class Counter
    {
        public RecordCounts All { get; } = new();

        public List<InstrumentContents> Instruments { get; } = [];

        public long OverheadBytes { get; private set; }

        public void Count(Record record)
        {
            ref readonly var header = ref record.Header;
            All.Count(header, record.Payload.Length);
            OverheadBytes += RecordHeader.Size;
            if (header.Kind == MarketRecordKind.Instrument && header.Subject == Instruments.Count)
            {
                var instrument = InstrumentRecord.Read(record.Payload);
                Instruments.Add(new InstrumentContents(header.Subject, instrument, new RecordCounts()));
            }

            // Only the market's own records name an instrument; the others' subjects are their own business.
            if (header.Kind is >= RecordKinds.MarketFirst and <= RecordKinds.MarketLast && header.Subject < Instruments.Count)
            {
                Instruments[header.Subject].Records.Count(header, record.Payload.Length);
            }
        }
    }
}
