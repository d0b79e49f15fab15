using System.Globalization;
using System.Text;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Wire;

namespace Parallax.Allocation.Tests;

/// <summary>Frame to record to book to checksum: nothing is allocated once every buffer has its size.</summary>
public sealed class KrakenFeedAllocationTests
{
    private const int Messages = 100_000;

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 10)]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    public void Reading_book_messages_allocates_nothing(bool general, int depth)
    {
        var feed = new Feed(depth);
        feed.Run(general, 2_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        feed.Run(general, Messages);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Messages + 2_000, feed.Book.VerifiedChecksums);
        Assert.Equal(BookState.Live, feed.Book.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reading_trades_allocates_nothing(bool general)
    {
        const int Rounds = 10_000;
        var feed = new Feed(10);
        byte[][] frames = [Trades("update", 1), Trades("snapshot", 50), Trades("update", 200)];
        feed.Run(frames, 2_000 * frames.Length, general);
        var before = GC.GetAllocatedBytesForCurrentThread();
        feed.Run(frames, Rounds * frames.Length, general);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((Rounds + 2_000) * 251, feed.Trades);
    }

    [Fact]
    public void Reading_trades_and_control_frames_allocates_nothing()
    {
        var feed = new Feed(10);
        byte[][] frames =
        [
            "{\"channel\":\"heartbeat\"}"u8.ToArray(),
            "{\"method\":\"pong\",\"req_id\":1}"u8.ToArray(),
            ("{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"side\":\"buy\",\"price\":105944.2,\"qty\":0.00027625,"
                + "\"ord_type\":\"limit\",\"trade_id\":10218208,\"timestamp\":\"2023-10-06T17:35:55.440295Z\"}]}").Select(c => (byte)c).ToArray(),
            "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[{\"price\":-1,\"qty\":1}],\"asks\":[],\"checksum\":1}]}"u8.ToArray(),
            "{\"channel\":\"bo"u8.ToArray(),
        ];
        feed.Run(frames, 1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        feed.Run(frames, 10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Trades(string type, int count) => Encoding.ASCII.GetBytes(
        $"{{\"channel\":\"trade\",\"type\":\"{type}\",\"data\":[{string.Join(',', Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"symbol\":\"BTC/USD\",\"side\":\"{(i % 2 == 0 ? "buy" : "sell")}\",\"price\":105944.{i % 10},\"qty\":0.{i + 1:D8},\"ord_type\":\"limit\",\"trade_id\":{10218208 + i},\"timestamp\":\"2023-10-06T17:35:55.{i:D6}Z\"}}")))}]}}");

    /// <summary>A loop of updates that ends where it began, with its checksums made beforehand.</summary>
    private sealed class Feed : IRecordSink
    {
        private const int LoopLength = 200;

        private readonly FrameParser _parser;
        private readonly byte[][] _frames = new byte[LoopLength][];
        private int _next;

        public Feed(int depth)
        {
            var instrument = Instrument(depth);
            Book = new OrderBook(instrument);
            _parser = new FrameParser(SymbolTable.Of([instrument]));
            var made = new OrderBook(instrument);
            made.Apply(BookRecord.Header(MarketRecordKind.BookSnapshot, 0, 0, 0), [.. Enumerable.Range(1, 10).SelectMany(i => new[]
            {
                new BookLevel(BookSide.Bid, 300_000 - (i * 3), 1_000 + i), new BookLevel(BookSide.Ask, 300_000 + (i * 3), 1_000 + i),
            })]);
            var header = BookRecord.Header(MarketRecordKind.BookSnapshot, 0, 0, 0);
            Append(header, BookRecord.Payload([.. made.Bids.ToArray().Select(l => new BookLevel(BookSide.Bid, l.PriceTicks, l.QuantityLots)),
                .. made.Asks.ToArray().Select(l => new BookLevel(BookSide.Ask, l.PriceTicks, l.QuantityLots))]));

            // Each level is removed and comes back, so that insertions, removals and updates take turns and the book returns to its start.
            for (var i = 0; i < LoopLength; i++)
            {
                var at = (i / 2 % 5) + 1;
                var lots = i % 2 == 0 ? 0 : 1_000 + at;
                var level = new BookLevel(BookSide.Ask, 300_000 + (at * 3), lots);
                made.Apply(BookRecord.Header(MarketRecordKind.BookDelta, 0, 0, 0), [level]);
                _frames[i] = Encoding.ASCII.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"channel\":\"book\",\"type\":\"update\",\"data\":[{{\"symbol\":\"BTC/USD\",\"bids\":[],\"asks\":[{{\"price\":{instrument.Price(level.PriceTicks)},\"qty\":{instrument.Quantity(level.QuantityLots):F8}}}],\"checksum\":{made.Checksum()},\"timestamp\":\"2023-07-30T15:30:01.581227Z\"}}]}}"));
            }
        }

        public OrderBook Book { get; }

        public long Trades { get; private set; }

        public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
        {
            if (header.Kind is MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta)
            {
                Book.Apply(header, BookRecord.Levels(payload));
            }
            else if (header.Kind == MarketRecordKind.Trade)
            {
                Trades++;
            }
        }

        public void Run(bool general, int count)
        {
            for (var i = 0; i < count; i++)
            {
                _ = general ? _parser.ParseGeneral(_frames[_next], i, this) : _parser.Parse(_frames[_next], i, this);
                _next = (_next + 1) % LoopLength;
            }
        }

        public void Run(byte[][] frames, int count, bool general = false)
        {
            for (var i = 0; i < count; i++)
            {
                var frame = frames[i % frames.Length];
                _ = general ? _parser.ParseGeneral(frame, i, this) : _parser.Parse(frame, i, this);
            }
        }

        private static Instrument Instrument(int depth) => new()
        {
            Id = new InstrumentId(new VenueId("kraken"), new Asset("BTC"), new Asset("USD"), InstrumentKind.Spot),
            Symbol = "BTC/USD",
            TickSize = 0.1m,
            LotSize = 0.00000001m,
            PriceDecimals = 1,
            QuantityDecimals = 8,
            BookDepth = depth,
        };
    }
}
