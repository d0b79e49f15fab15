using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Takes a feed's records as the engine does: book records into books, trades into a list.</summary>
internal sealed class BookSink(params IReadOnlyList<Instrument> instruments) : IRecordSink
{
    public OrderBook[] Books { get; } = [.. instruments.Select(i => new OrderBook(i))];

    public List<(RecordHeader Header, TradeRecord Trade)> Trades { get; } = [];

    public List<RecordHeader> Headers { get; } = [];

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        Headers.Add(header);
        if (header.Kind == MarketRecordKind.Trade)
        {
            Trades.Add((header, TradeRecord.Read(payload)));
        }
        else
        {
            Books[header.Subject].Apply(header, BookRecord.Levels(payload));
        }
    }
}
