using System.Text.Json;
using Parallax.Domain;
using Parallax.Testing;
using Parallax.Venues.Kraken.Feed.Messages;

namespace Parallax.Venues.Tests.Kraken.Messages;

/// <summary>Every recorded frame against an obvious reading of its JSON, so that another file is tested by dropping it in.</summary>
[Trait("Category", "Fixtures")]
public sealed class RecordedMessageTests
{
    public static TheoryData<string> Files => VenueFiles.WithPrefix("ws_", "n_ws_", "live_v2_", "book_v2_", "v2_instrument_snapshot");

    [SharedTheory]
    [MemberData(nameof(Files))]
    public void Every_recorded_frame_is_read_as_what_it_says_it_is(string file)
    {
        if (file.EndsWith(".final.json", StringComparison.Ordinal))
        {
            return; // The book after a capture, not a frame.
        }

        var frames = VenueFiles.Frames(file);

        Assert.NotEmpty(frames);
        foreach (var frame in frames)
        {
            Require(frame);
        }
    }

    private static void Require(RecordedFrame frame)
    {
        using var document = JsonDocument.Parse(frame.Text);
        var json = document.RootElement;
        var message = FeedMessage.Read(frame.Text);
        if (json.TryGetProperty("channel", out var channel))
        {
            RequireChannel(channel.GetString()!, json, message);
        }
        else if (json.TryGetProperty("method", out var method))
        {
            RequireReply(method.GetString()!, frame.Direction, json, message);
        }
        else if (json.TryGetProperty("error", out var error) || json.TryGetProperty("Error", out error))
        {
            Assert.Equal(error.GetString(), Assert.IsType<ErrorMessage>(message).Text);
        }
        else
        {
            Assert.Equal("", Assert.IsType<OtherMessage>(message).Channel);
        }
    }

    private static void RequireChannel(string channel, JsonElement json, FeedMessage message)
    {
        switch (channel)
        {
            case "heartbeat":
                Assert.IsType<HeartbeatMessage>(message);
                break;
            case "status":
                var status = Assert.IsType<StatusMessage>(message);
                Assert.Equal(json.GetProperty("data")[0].GetProperty("connection_id").GetUInt64(), status.ConnectionId);
                break;
            case "instrument":
                Require(json, Assert.IsType<InstrumentMessage>(message));
                break;
            case "ticker":
                Require(json, Assert.IsType<TickerMessage>(message));
                break;
            case "book" or "trade":
                Assert.Equal(channel, Assert.IsType<MarketDataMessage>(message).Channel);
                break;
            case "executions":
                Require(json, Assert.IsType<ExecutionsMessage>(message));
                break;
            case "balances":
                Require(json, message);
                break;
            default:
                Assert.Equal(channel, Assert.IsType<OtherMessage>(message).Channel);
                break;
        }
    }

    private static void RequireReply(string method, string direction, JsonElement json, FeedMessage message)
    {
        if (direction == "request" || json.TryGetProperty("params", out _))
        {
            Assert.Equal(method, Assert.IsType<RequestMessage>(message).Method);
            return;
        }

        RequireHead(json, Assert.IsAssignableFrom<ReplyMessage>(message));
        if (json.TryGetProperty("error", out var error))
        {
            var refused = Assert.IsAssignableFrom<ReplyMessage>(message);
            Assert.Equal((false, error.GetString()), (refused.IsSuccess, refused.Error));
            return;
        }

        switch (method)
        {
            case "subscribe" or "unsubscribe":
                Assert.Equal(json.GetProperty("result").GetProperty("channel").GetString(), Assert.IsType<SubscriptionReply>(message).Channel);
                break;
            case "add_order" or "amend_order" or "edit_order" or "cancel_order":
                var reply = Assert.IsType<OrderReply>(message).Order;
                Assert.Equal(OptionalText(json.GetProperty("result"), "order_id"), reply.OrderId);
                Assert.Equal(OptionalText(json.GetProperty("result"), "cl_ord_id"), reply.ClientOrderId);
                break;
            case "batch_add":
                var result = json.GetProperty("result");
                var orders = result.ValueKind == JsonValueKind.Array ? result : result.GetProperty("orders");
                Assert.Equal(orders.EnumerateArray().Select(order => OptionalText(order, "order_id")), Assert.IsType<BatchReply>(message).Orders.Select(entry => entry.OrderId));
                break;
            case "pong":
                Assert.IsType<PongReply>(message);
                break;
            default:
                Assert.IsType<OtherReply>(message);
                break;
        }
    }

    private static void RequireHead(JsonElement json, ReplyMessage reply)
    {
        Assert.Equal(json.TryGetProperty("req_id", out var id) ? id.GetUInt64() : null, reply.RequestId);
        Assert.Equal(Time(json, "time_in"), reply.TimeIn);
        Assert.Equal(Time(json, "time_out"), reply.TimeOut);
    }

    private static void Require(JsonElement json, InstrumentMessage update)
    {
        var data = json.GetProperty("data");
        Assert.Equal(data.GetProperty("assets").GetArrayLength(), update.Assets.Count);
        Assert.Equal(data.GetProperty("pairs").GetArrayLength(), update.Pairs.Count);
        foreach (var (row, pair) in data.GetProperty("pairs").EnumerateArray().Zip(update.Pairs))
        {
            var instrument = pair.ToInstrument(new VenueId("kraken"), 10)!.Validated();
            Assert.Equal(row.GetProperty("symbol").GetString(), instrument.Symbol);
            Assert.Equal($"{row.GetProperty("base").GetString()}/{row.GetProperty("quote").GetString()}@kraken", instrument.Id.ToString());
            Assert.Equal(row.GetProperty("price_increment").GetDecimal(), instrument.TickSize);
            Assert.Equal(row.GetProperty("qty_increment").GetDecimal(), instrument.LotSize);
            Assert.Equal(row.GetProperty("qty_min").GetDecimal(), instrument.QuantityMin);
            Assert.Equal(row.GetProperty("cost_min").GetDecimal(), instrument.NotionalMin);
            Assert.Equal(row.GetProperty("price_precision").GetInt32(), instrument.PriceDecimals);
            Assert.Equal(row.GetProperty("qty_precision").GetInt32(), instrument.QuantityDecimals);
            Assert.Equal(row.GetProperty("status").GetString() == "online", pair.Status == MarketStatus.Online);
        }
    }

    private static void Require(JsonElement json, TickerMessage update)
    {
        Assert.Equal(json.GetProperty("data").GetArrayLength(), update.Rows.Count);
        foreach (var (row, ticker) in json.GetProperty("data").EnumerateArray().Zip(update.Rows))
        {
            Assert.Equal(row.GetProperty("symbol").GetString(), ticker.Symbol);
            Assert.Equal(QuoteOf("bid"), ticker.Bid);
            Assert.Equal(QuoteOf("ask"), ticker.Ask);

            (decimal, decimal)? QuoteOf(string side) =>
                row.GetProperty(side).GetDecimal() is > 0m and var price ? (price, row.GetProperty(side + "_qty").GetDecimal()) : null;
        }
    }

    private static void Require(JsonElement json, ExecutionsMessage update)
    {
        Assert.Equal(json.GetProperty("sequence").GetUInt64(), update.Sequence);
        Assert.Equal(json.GetProperty("data").GetArrayLength(), update.Rows.Count);
        foreach (var (row, report) in json.GetProperty("data").EnumerateArray().Zip(update.Rows))
        {
            Assert.Equal(row.GetProperty("order_id").GetString(), report.OrderId);
            Assert.Equal(row.GetProperty("exec_type").GetString() == "trade", report.Kind == ExecutionKind.Trade);
            Assert.Equal(OptionalNumber(row, "order_qty"), report.OrderQuantity);
            Assert.Equal(OptionalNumber(row, "cum_qty"), report.CumulativeQuantity);
            Assert.Equal(OptionalNumber(row, "limit_price"), report.LimitPrice);
            Assert.Equal(OptionalText(row, "cl_ord_id"), report.ClientOrderId);
        }
    }

    private static void Require(JsonElement json, FeedMessage message)
    {
        var isSnapshot = json.GetProperty("type").GetString() == "snapshot";
        var balances = Assert.IsType<BalancesMessage>(message);
        var rows = json.GetProperty("data").EnumerateArray().SelectMany(row => isSnapshot
            ? row.GetProperty("wallets").EnumerateArray().Select(wallet => (row.GetProperty("asset").GetString()!, wallet.GetProperty("balance").GetDecimal()))
            : [(row.GetProperty("asset").GetString()!, row.GetProperty("balance").GetDecimal())]);
        Assert.Equal(isSnapshot, balances.IsSnapshot);
        Assert.Equal(rows, balances.Rows.Select(row => (row.Asset, row.Balance)));
    }

    private static string? OptionalText(JsonElement row, string name) => row.TryGetProperty(name, out var field) ? field.GetString() : null;

    private static decimal? OptionalNumber(JsonElement row, string name) => row.TryGetProperty(name, out var field) ? field.GetDecimal() : null;

    private static UtcNanos? Time(JsonElement row, string name) =>
        row.TryGetProperty(name, out var field) && field.GetString()!.EndsWith('Z') && UtcNanos.TryParse(field.GetString()!, out var time) ? time : null;
}
