using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;

namespace Parallax.MarketData.Tests.Books;

/// <summary>Instruments, levels and books with sensible defaults.</summary>
internal static class ABook
{
    public static Instrument Instrument(
        int depth = 10, decimal tick = 0.1m, decimal lot = 0.00000001m, int priceDecimals = 1, int quantityDecimals = 8) => new()
        {
            Id = new InstrumentId(new VenueId("somewhere"), new Asset("BTC"), new Asset("USD"), InstrumentKind.Spot),
            Symbol = "BTC/USD",
            TickSize = tick,
            LotSize = lot,
            PriceDecimals = priceDecimals,
            QuantityDecimals = quantityDecimals,
            BookDepth = depth,
        };

    public static BookLevel Bid(long price, long lots) => new(BookSide.Bid, price, lots);

    public static BookLevel Ask(long price, long lots) => new(BookSide.Ask, price, lots);

    public static OrderBook With(params BookLevel[] levels) => WithDepth(10, levels);

    public static OrderBook WithDepth(int depth, params BookLevel[] levels)
    {
        var book = new OrderBook(Instrument(depth));
        book.Snapshot(levels);
        return book;
    }

    public static BookChanges Snapshot(this OrderBook book, params BookLevel[] levels) =>
        book.Apply(BookRecord.Header(MarketRecordKind.BookSnapshot, 0, 1, 2), levels);

    public static BookChanges Delta(this OrderBook book, params BookLevel[] levels) =>
        book.Apply(BookRecord.Header(MarketRecordKind.BookDelta, 0, 3, 4), levels);

    public static BookChanges Delta(this OrderBook book, uint checksum, params BookLevel[] levels) =>
        book.Apply(BookRecord.Header(MarketRecordKind.BookDelta, 0, 3, 4, checksum), levels);
}
