using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Import;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Venues.Tests.Recordings;

/// <summary>Takes the records of an import, keeps books beside them, and remembers what came by.</summary>
internal sealed class CollectedTape : IRecordSink
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _receivedTime = long.MinValue;

    public List<Instrument> Instruments { get; } = [];

    public List<OrderBook> Books { get; } = [];

    public List<Kept> Records { get; } = [];

    /// <summary>Whether every record is kept in <see cref="Records"/>, or only its books.</summary>
    public bool KeepsRecords { get; init; } = true;

    /// <summary>Called after each record, with its instrument's book.</summary>
    public Action<RecordHeader, byte[], OrderBook>? After { get; init; }

    public string Hash => Convert.ToHexString(_hash.GetCurrentHash());

    public OrderBook Book(string symbol) => Books[Instruments.FindIndex(instrument => instrument.Symbol == symbol)];

    public int Count(byte kind) => Records.Count(record => record.Header.Kind == kind);

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        Assert.True(header.ReceivedTime >= _receivedTime, "received times never decrease");
        _receivedTime = header.ReceivedTime;
        _hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<RecordHeader>(in header)));
        _hash.AppendData(payload);
        var bytes = new byte[RecordHeader.Size + payload.Length];
        MemoryMarshal.Write(bytes, in header);
        payload.CopyTo(bytes.AsSpan(RecordHeader.Size));
        if (header.Kind == MarketRecordKind.Instrument)
        {
            Assert.Equal(Instruments.Count, header.Subject);
            Instruments.Add(InstrumentRecord.Read(payload));
            Books.Add(new OrderBook(Instruments[^1]));
        }
        else
        {
            Books[header.Subject].Apply(new Record(bytes));
        }

        if (KeepsRecords)
        {
            Records.Add(new Kept(header, payload.ToArray()));
        }

        After?.Invoke(header, payload.ToArray(), Books[header.Subject]);
    }

    public static (CollectedTape Tape, ImportReport Report) Import(string format, params string[] files) =>
        Import(new RecordingImportOptions { Format = RecordingFormat.Find(format)!, Files = files });

    public static (CollectedTape Tape, ImportReport Report) Import(RecordingImportOptions options)
    {
        var tape = new CollectedTape();
        return (tape, RecordingImport.Run(options, tape));
    }

    internal readonly record struct Kept(RecordHeader Header, byte[] Payload)
    {
        public ReadOnlySpan<BookLevel> Levels => BookRecord.Levels(Payload);
    }
}
