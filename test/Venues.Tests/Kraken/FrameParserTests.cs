using System.Text;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Kraken;

public sealed class FrameParserTests
{
    private const long Received = 1_700_000_000_000_000_123;

    private readonly RecordList _sink = new();
    private readonly FrameParser _parser = new(SymbolTable.Of([AnInstrument.Of("BTC/USD", 1), AnInstrument.Of("ETH/BTC", 6)]));

    [Fact]
    public void A_book_update_is_one_delta_with_the_venue_s_checksum_and_time()
    {
        var result = Parse(Book("\"bids\":[{\"price\":29423.0,\"qty\":2.54902601}],\"asks\":[{\"price\":29430.4,\"qty\":0}]"));
        Assert.Equal((FrameKind.Book, 1), (result.Kind, result.Records));
        var (header, payload) = Assert.Single(_sink.Records);
        Assert.Equal((MarketRecordKind.BookDelta, BookRecord.HasVenueChecksum, (ushort)0, 434883881u), (header.Kind, header.Flags, header.Subject, header.Tag));
        Assert.Equal((1_690_731_001_581_227_000, Received), (header.VenueTime, header.ReceivedTime));
        Assert.Equal(
            [(BookSide.Bid, 294230L, 254902601L), (BookSide.Ask, 294304L, 0L)],
            BookRecord.Levels(payload).ToArray().Select(l => (l.Side, l.PriceTicks, l.QuantityLots)));
    }

    [Fact]
    public void A_snapshot_without_a_timestamp_has_the_received_time()
    {
        Parse("{\"channel\":\"book\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\"ETH/BTC\",\"bids\":[],\"asks\":[],\"checksum\":0}]}");
        var (header, _) = Assert.Single(_sink.Records);
        Assert.Equal((MarketRecordKind.BookSnapshot, (ushort)1, Received), (header.Kind, header.Subject, header.VenueTime));
    }

    [Fact]
    public void Several_symbols_in_one_frame_are_several_records_and_unknown_ones_are_counted()
    {
        static string Entry(string symbol) => $"{{\"symbol\":\"{symbol}\",\"bids\":[],\"asks\":[],\"checksum\":1}}";
        var result = Parse($"{{\"channel\":\"book\",\"type\":\"update\",\"data\":[{Entry("ETH/BTC")},{Entry("XRP/USD")},{Entry("BTC/USD")}]}}");
        Assert.Equal((FrameKind.Book, 2, 1), (result.Kind, result.Records, result.UnknownSymbols));
        Assert.Equal([1, 0], _sink.Records.Select(r => (int)r.Header.Subject));
    }

    [Fact]
    public void Trades_keep_their_side_price_quantity_and_number()
    {
        var result = Parse(
            "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"side\":\"buy\",\"price\":105944.2,\"qty\":0.00027625,"
            + "\"ord_type\":\"limit\",\"trade_id\":10218208,\"timestamp\":\"2023-10-06T17:35:55.440295Z\"},{\"symbol\":\"BTC/USD\",\"side\":\"sell\","
            + "\"price\":105910.50,\"qty\":0.0001246,\"ord_type\":\"market\",\"trade_id\":10218209,\"timestamp\":\"2023-10-06T17:35:56.123456Z\"}]}");
        Assert.Equal((FrameKind.Trade, 2), (result.Kind, result.Records));
        var trades = _sink.Records.Select(r => TradeRecord.Read(r.Payload)).ToArray();
        Assert.Equal((1059442L, 27625L, Side.Buy, 10218208ul), (trades[0].PriceTicks, trades[0].QuantityLots, trades[0].Aggressor, trades[0].TradeId));
        Assert.Equal((1059105L, 12460L, Side.Sell, 10218209ul), (trades[1].PriceTicks, trades[1].QuantityLots, trades[1].Aggressor, trades[1].TradeId));
        Assert.Equal(1_696_613_755_440_295_000, _sink.Records[0].Header.VenueTime);
    }

    [Theory]
    [InlineData("0", FrameRejection.Zero)]
    [InlineData("0.0", FrameRejection.Zero)]
    [InlineData("-1.0", FrameRejection.NegativeNumber)]
    [InlineData("1e400", FrameRejection.NumberTooLarge)]
    [InlineData("1e19", FrameRejection.NumberTooLarge)]
    [InlineData("1.05", FrameRejection.OffGrid)]
    [InlineData("\"abc\"", FrameRejection.WrongType)]
    [InlineData("\"1.0\"", FrameRejection.WrongType)]
    [InlineData("\"\"", FrameRejection.WrongType)]
    [InlineData("null", FrameRejection.WrongType)]
    [InlineData("[]", FrameRejection.WrongType)]
    [InlineData("NaN", FrameRejection.NotJson)]
    [InlineData("Infinity", FrameRejection.NotJson)]
    [InlineData("", FrameRejection.NotJson)]
    [InlineData("01.0", FrameRejection.NotJson)]
    public void A_price_that_is_none_rejects_the_frame_and_loses_the_book(string price, FrameRejection reason)
    {
        var result = Parse(Book($"\"bids\":[{{\"price\":29423.0,\"qty\":1}},{{\"price\":{price},\"qty\":1}}],\"asks\":[]"));
        Assert.Equal((FrameKind.Rejected, reason), (result.Kind, result.Rejection));
        if (reason == FrameRejection.NotJson)
        {
            Assert.Empty(_sink.Records);
            return;
        }

        Assert.Equal((ushort?)0, result.Instrument);
        var (header, _) = Assert.Single(_sink.Records);
        Assert.Equal((FeedState.BookLost, BookInvalidReason.MessageRejected), (FeedStateRecord.State(header), FeedStateRecord.Reason(header)));
    }

    [Theory]
    [InlineData("\"bids\":[],\"asks\":[]", "update", FrameRejection.MissingField)]
    [InlineData("\"bids\":[],\"asks\":[],\"checksum\":-1", "update", FrameRejection.NegativeNumber)]
    [InlineData("\"bids\":[],\"asks\":[],\"checksum\":4294967296", "update", FrameRejection.NumberTooLarge)]
    [InlineData("\"bids\":{},\"asks\":[],\"checksum\":1", "update", FrameRejection.WrongType)]
    [InlineData("\"bids\":[1],\"asks\":[],\"checksum\":1", "update", FrameRejection.WrongType)]
    [InlineData("\"bids\":[{\"price\":1.0}],\"asks\":[],\"checksum\":1", "update", FrameRejection.MissingField)]
    [InlineData("\"bids\":[],\"asks\":[],\"checksum\":1,\"timestamp\":\"yesterday\"", "update", FrameRejection.BadTimestamp)]
    [InlineData("\"bids\":[],\"asks\":[],\"checksum\":1", "delta", FrameRejection.UnknownType)]
    public void A_frame_that_lacks_what_it_promises_is_rejected(string fields, string type, FrameRejection reason)
    {
        var result = Parse($"{{\"channel\":\"book\",\"type\":\"{type}\",\"data\":[{{\"symbol\":\"BTC/USD\",{fields}}}]}}");
        Assert.Equal((FrameKind.Rejected, reason), (result.Kind, result.Rejection));
    }

    [Theory]
    [InlineData("{\"channel\":\"book\",\"type\":\"update\"}", FrameRejection.MissingField)]
    [InlineData("{\"channel\":\"book\",\"type\":\"update\",\"data\":{}}", FrameRejection.WrongType)]
    [InlineData("{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"bids\":[]}]}", FrameRejection.MissingField)]
    [InlineData("[1,2]", FrameRejection.NotAnObject)]
    [InlineData("\"text\"", FrameRejection.NotAnObject)]
    [InlineData("", FrameRejection.NotJson)]
    [InlineData("{\"channel\":\"heartbeat\"", FrameRejection.NotJson)]
    [InlineData("{\"channel\":\"heartbeat\"}}", FrameRejection.NotJson)]
    [InlineData("\u0001\u0002\u0003", FrameRejection.NotJson)]
    public void A_frame_that_cannot_be_read_is_rejected(string frame, FrameRejection reason)
    {
        Assert.Equal((FrameKind.Rejected, reason), (Parse(frame).Kind, Parse(frame).Rejection));
        Assert.Empty(_sink.Records);
    }

    [Theory]
    [InlineData("{\"channel\":\"heartbeat\"}", FrameKind.Heartbeat)]
    [InlineData("{\"method\":\"pong\",\"req_id\":1}", FrameKind.Pong)]
    [InlineData("{\"method\":\"subscribe\",\"success\":true}", FrameKind.Reply)]
    [InlineData("{\"Error\":\"Exceeded msg rate\"}", FrameKind.Error)]
    [InlineData("{\"channel\":\"level3\",\"data\":[]}", FrameKind.Other)]
    [InlineData("{\"channel\":7}", FrameKind.Other)]
    [InlineData("{}", FrameKind.Other)]
    public void Other_frames_are_recognized(string frame, FrameKind kind)
    {
        Assert.Equal(kind, Parse(frame).Kind);
        Assert.Empty(_sink.Records);
    }

    [Fact]
    public void Data_before_the_channel_and_levels_before_the_symbol_are_read_all_the_same()
    {
        Parse("{\"data\":[{\"asks\":[{\"qty\":1,\"price\":2.5}],\"checksum\":7,\"bids\":[{\"qty\":1,\"price\":2.5}],\"symbol\":\"BTC/USD\"}],\"type\":\"update\",\"channel\":\"book\"}");
        Assert.Equal(2, BookRecord.Levels(Assert.Single(_sink.Records).Payload).Length);
    }

    [Fact]
    public void The_last_of_two_equal_keys_counts()
    {
        Parse(
            "{\"channel\":\"trade\",\"data\":[],\"channel\":\"book\",\"type\":\"x\",\"type\":\"update\",\"data\":[{\"symbol\":\"ETH/BTC\",\"bids\":[{\"price\":\"x\"}],"
            + "\"bids\":[{\"price\":9,\"price\":0.5,\"qty\":null,\"qty\":1}],\"asks\":[],\"checksum\":\"\",\"checksum\":1,\"symbol\":\"BTC/USD\"}]}");
        var (header, payload) = Assert.Single(_sink.Records);
        Assert.Equal(0, header.Subject);
        Assert.Equal(5, Assert.Single(BookRecord.Levels(payload).ToArray()).PriceTicks);
    }

    [Fact]
    public void A_frame_of_too_many_levels_is_rejected_and_the_next_one_read()
    {
        var levels = string.Join(',', Enumerable.Repeat("{\"price\":1.0,\"qty\":1}", FrameParser.LevelsMax + 1));
        Assert.Equal(FrameRejection.TooManyLevels, Parse(Book($"\"bids\":[{levels}],\"asks\":[]")).Rejection);
        _sink.Records.Clear();
        Assert.Equal(FrameKind.Book, Parse(Book("\"bids\":[],\"asks\":[]")).Kind);
    }

    [Fact]
    public void A_frame_of_too_many_bytes_is_rejected_unread()
    {
        var result = _parser.Parse(new byte[FrameParser.FrameBytesMax + 1], Received, _sink);
        Assert.Equal(FrameRejection.TooLong, result.Rejection);
    }

    [Fact]
    public void Nesting_of_a_million_is_rejected()
    {
        var result = Parse("{\"channel\":\"book\",\"x\":" + new string('[', 1_000_000));
        Assert.Equal((FrameRejection.NotJson, JsonError.TooDeep), (result.Rejection, result.JsonError));
    }

    [Fact]
    public void Without_a_checksum_a_frame_is_read_only_where_none_is_asked_for()
    {
        var frame = Encoding.UTF8.GetBytes("{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[{\"price\":1.5,\"qty\":2}],\"asks\":[],"
            + "\"timestamp\":\"2023-07-30T15:30:01.581227Z\"}]}");
        Assert.Equal(FrameRejection.MissingField, _parser.Parse(frame, Received, _sink).Rejection);
        var lenient = new FrameParser(SymbolTable.Of([AnInstrument.Of("BTC/USD", 1)]), requireChecksum: false);
        _sink.Records.Clear();
        Assert.Equal(FrameKind.Book, lenient.Parse(frame, Received, _sink).Kind);
        Assert.Equal(0, Assert.Single(_sink.Records).Header.Flags);
    }

    private static string Book(string sides) =>
        $"{{\"channel\":\"book\",\"type\":\"update\",\"data\":[{{\"symbol\":\"BTC/USD\",{sides},\"checksum\":434883881,\"timestamp\":\"2023-07-30T15:30:01.581227Z\"}}]}}";

    private FrameResult Parse(string frame) => _parser.Parse(Encoding.UTF8.GetBytes(frame), Received, _sink);
}
