using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Testing;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Kraken.Feed.Messages;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Recorded WebSocket messages, found as <c>ws_*</c> and <c>n_ws_*</c>: each is read into its type by both readers.</summary>
[Trait("Category", "Fixtures")]
public sealed class WebSocketFixtureTests
{
    public static TheoryData<string> Messages => [.. KrakenFixtures.Names("ws_*.json*"), .. KrakenFixtures.Names("n_ws_*.json*")];

    public static TheoryData<string> ProtocolFiles => KrakenFixtures.Files("*ws_*.json*", KrakenFixtures.Protocol);

    [SharedTheory]
    [MemberData(nameof(Messages))]
    public void Every_message_is_read_into_its_type(string file)
    {
        foreach (var (direction, frame) in KrakenFixtures.Frames(file))
        {
            var message = FeedMessage.Read(frame);

            // A capture may hold channels that we do not use; RecordedMessageTests says which message each frame is.
            Assert.True(message is not MalformedMessage, $"{file}: {message}");
            Assert.True(direction == "request" == message is RequestMessage || file.StartsWith('n'), $"{file}: {message}");
            AssertSameKind(frame, message, file);
        }
    }

    [SharedTheory]
    [MemberData(nameof(ProtocolFiles))]
    public void Every_protocol_message_is_read_or_recognized_as_another_channel(string file)
    {
        foreach (var (_, frame) in KrakenFixtures.Frames(file, KrakenFixtures.Protocol))
        {
            var message = FeedMessage.Read(frame);
            var isElsewhere = file.Contains("l3", StringComparison.Ordinal) || file.Contains("ohlc", StringComparison.Ordinal) || file.Contains("futures", StringComparison.Ordinal);
            Assert.True(message is not MalformedMessage && message is OtherMessage == isElsewhere, $"{file}: {message}");
            AssertSameKind(frame, message, file);
        }
    }

    [SharedFact]
    public void A_real_session_of_2026_verifies()
    {
        var sink = new BookSink(AnInstrument.Of("ETH/BTC", 6));
        var parser = new FrameParser(SymbolTable.Of(sink.Books.Select(b => b.Instrument)));
        var kinds = KrakenFixtures.Frames("live_v2_ethbtc_20260826.jsonl", KrakenFixtures.Protocol).Select(f => parser.Parse(f.Frame, 1, sink).Kind).ToArray();
        Assert.Equal([FrameKind.Reply, FrameKind.Status, FrameKind.Book, FrameKind.Book, FrameKind.Heartbeat], kinds);
        Assert.Equal([3619791617u, 2505869009u], sink.Headers.Select(h => h.Tag));
        Assert.Equal((2L, BookState.Live), (sink.Books[0].VerifiedChecksums, sink.Books[0].State));
        Assert.Equal(2505869009u, sink.Books[0].Checksum());
    }

    [SharedFact]
    public void The_real_list_of_instruments_becomes_instruments()
    {
        using var file = new GZipStream(File.OpenRead(KrakenFixtures.PathOf("v2_instrument_snapshot.json.gz", KrakenFixtures.Protocol)), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        file.CopyTo(bytes);
        var message = Assert.IsType<InstrumentMessage>(FeedMessage.Read(bytes.ToArray()));
        Assert.True(message.IsSnapshot);
        Assert.Equal(683, message.Pairs.Count);
        Assert.All(message.Pairs, pair => Assert.NotNull(pair.ToInstrument(new VenueId("kraken"), 10)));
        var euro = message.Pairs.Single(p => p.Symbol == "EUR/USD").ToInstrument(new VenueId("kraken"), 10)!;
        Assert.Equal((0.00001m, 0.00000001m, 0.5m, 0.5m), (euro.TickSize, euro.LotSize, euro.QuantityMin, euro.NotionalMin));
        Assert.Equal(2, message.Pairs.Count(p => p.Status == MarketStatus.CancelOnly));
        Assert.Equal(683, SymbolTable.Of(message.Pairs.Select(p => p.ToInstrument(new VenueId("kraken"), 10)!)).Count);
    }

    [SharedFact]
    public void An_order_s_life_is_told_field_by_field()
    {
        var rows = KrakenFixtures.Frames("ws_executions_lifecycle.jsonl").Select(f => Assert.IsType<ExecutionsMessage>(FeedMessage.Read(f.Frame))).ToArray();
        Assert.Equal([.. Enumerable.Range(1, rows.Length).Select(i => (ulong)i)], rows.Select(r => r.Sequence));
        var placed = Assert.Single(rows[1].Rows);
        Assert.Equal((ExecutionKind.PendingNew, Side.Buy, 0.0001m, 80000m), (placed.Kind, placed.Side, placed.OrderQuantity, placed.LimitPrice));
        Assert.Equal("b17c7bb34d000200", placed.ClientOrderId);
        Assert.Null(Assert.Single(rows[2].Rows).OrderQuantity);
        var trade = KrakenFixtures.Frames("ws_executions_trade.jsonl").Select(f => Assert.IsType<ExecutionsMessage>(FeedMessage.Read(f.Frame))).Last().Rows[0];
        Assert.Equal((ExecutionKind.Trade, 26599.9m, 0.005m, true), (trade.Kind, trade.LastPrice, trade.LastQuantity, trade.IsTaker));
        Assert.Equal(("USD", 0.3458m), Assert.Single(trade.Fees));
    }

    [SharedFact]
    public void Balances_are_those_of_wallets()
    {
        var messages = KrakenFixtures.Frames("ws_balances.jsonl").Select(f => Assert.IsType<BalancesMessage>(FeedMessage.Read(f.Frame))).ToArray();
        Assert.True(messages[0].IsSnapshot);
        Assert.Equal(("BTC", 1.2m, true), (messages[0].Rows[0].Asset, messages[0].Rows[0].Balance, messages[0].Rows[0].IsTradable));
        Assert.Equal((-0.005m, 0.005m, "AAICKV-NMQSR-ZO5IJD"), (messages[1].Rows[0].Amount, messages[1].Rows[0].Balance, messages[1].Rows[0].LedgerId));
    }

    [SharedFact]
    public void Replies_carry_what_an_order_needs()
    {
        var reject = Assert.IsType<OrderReply>(FeedMessage.Read(KrakenFixtures.Read("n_ws_add_order_response_failure.json")));
        Assert.Equal((false, 99ul, "EOrder:Insufficient funds"), (reject.IsSuccess, reject.RequestId, reject.Error));
        var accept = Assert.IsType<OrderReply>(FeedMessage.Read(KrakenFixtures.Read("n_ws_add_order_response_success.json")));
        Assert.Equal(("OABCDE-12345-FGHIJ", "O-20260505-000001"), (accept.Order.OrderId, accept.Order.ClientOrderId));
        var batch = Assert.IsType<BatchReply>(FeedMessage.Read(KrakenFixtures.Read("n_ws_batch_add_response_partial.json")));
        Assert.Equal([null, "EOrder:Invalid price"], batch.Orders.Select(o => o.Error));
        var pong = Assert.IsType<PongReply>(FeedMessage.Read(KrakenFixtures.Read("n_ws_pong.json")));
        Assert.Equal(42ul, pong.RequestId);
        Assert.Equal(44_000, pong.TimeOut!.Value.NanosSince(pong.TimeIn!.Value));
        var status = KrakenFixtures.Frames("ws_misc_real.jsonl").Select(f => FeedMessage.Read(f.Frame)).OfType<StatusMessage>().Single();
        Assert.Equal((MarketStatus.Online, 18266300427528990701ul), (status.System, status.ConnectionId));
        var ticker = KrakenFixtures.Frames("ws_misc_real.jsonl").Select(f => FeedMessage.Read(f.Frame)).OfType<TickerMessage>().Single();
        Assert.Null(ticker.Rows[0].Bid);
    }

    /// <summary>The hot reader sees the same kind of frame as the typed one.</summary>
    private static void AssertSameKind(byte[] frame, FeedMessage message, string file)
    {
        using var document = JsonDocument.Parse(frame);
        var symbols = document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? data.EnumerateArray().Where(row => row.TryGetProperty("symbol", out _)).Select(row => row.GetProperty("symbol").GetString()!).Distinct()
            : [];
        var sink = new RecordList();
        var result = new FrameParser(SymbolTable.Of(symbols.Select(s => AnInstrument.Of(s, 10, 10)))).Parse(frame, 1, sink);
        FrameKind[] kinds = message switch
        {
            HeartbeatMessage => [FrameKind.Heartbeat],
            StatusMessage => [FrameKind.Status],
            InstrumentMessage => [FrameKind.Instrument],
            TickerMessage => [FrameKind.Ticker],
            ExecutionsMessage => [FrameKind.Executions],
            BalancesMessage => [FrameKind.Balances],
            ErrorMessage => [FrameKind.Error],
            PongReply => [FrameKind.Pong],
            ReplyMessage or RequestMessage => [FrameKind.Reply],
            MarketDataMessage { Channel: "book" } => [FrameKind.Book],
            MarketDataMessage { Channel: "trade" } => [FrameKind.Trade],
            _ => [FrameKind.Other],
        };
        Assert.True(kinds.Contains(result.Kind), $"{file}: {result} {message} {Encoding.UTF8.GetString(frame)}");
        Assert.Equal(message is MarketDataMessage, sink.Records.Count > 0);
    }
}
