using System.Buffers;
using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Venues.Tests.Kraken.Live;

public sealed class OrderRequestTests
{
    [Fact]
    public void An_order_is_written_in_plain_decimals_with_deadline_and_token()
    {
        using var requests = new OrderRequests();
        var ticket = new OrderTicket();
        ticket.Begin(new OrderRequest(ClientOrderId.Of(3, 2, 1), 0, Side.Buy, 300_005, 1, TimeInForce.ImmediateOrCancel, 100m, 0));
        var deadline = new UtcNanos(0);
        Assert.True(UtcNanos.TryParse("2026-05-05T10:00:05.123456Z", out deadline));
        requests.AddOrder(ticket, AnInstrument.Of("BTC/USD", 1), "ioc", deadline.Value, "the-token", 42);

        Assert.Equal(
            """{"method":"add_order","params":{"order_type":"limit","side":"buy","symbol":"BTC/USD","order_qty":0.00000001,"limit_price":30000.5,"time_in_force":"ioc","cl_ord_id":"px0000300000020001","deadline":"2026-05-05T10:00:05.123Z","fee_preference":"quote","token":"the-token"},"req_id":42}""",
            Encoding.UTF8.GetString(ticket.Bytes.WrittenSpan));
    }

    [Theory]
    [InlineData("BTC/USD", "abc+def/ghi==")]
    [InlineData("Ω\"\\\u0001/EUR", "<&'>\t日本")]
    public void An_orders_request_is_what_a_json_writer_makes_of_it(string symbol, string token)
    {
        using var requests = new OrderRequests();
        var (ticket, instrument) = (new OrderTicket(), AnInstrument.Of("BTC/USD", 1) with { Symbol = symbol });
        foreach (var (ticks, lots, id) in new[] { (1L, 1L, 0UL), (300_005L, 123_456_789_012L, 42UL), (long.MaxValue / 1_000, long.MaxValue / 1_000, ulong.MaxValue) })
        {
            ticket.Begin(new OrderRequest(ClientOrderId.Of(3, 2, 1), 0, Side.Sell, ticks, lots, TimeInForce.GoodTilCanceled, 100m, 0));
            requests.AddOrder(ticket, instrument, "gtc", 0, token, id);

            Assert.Equal(Obvious(ticket, instrument, "gtc", token, id), Encoding.UTF8.GetString(ticket.Bytes.WrittenSpan));
        }
    }

    private static string Obvious(OrderTicket ticket, Instrument instrument, string timeInForce, string token, ulong id)
    {
        using var bytes = new MemoryStream();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("method", "add_order");
        json.WriteStartObject("params");
        json.WriteString("order_type", "limit");
        json.WriteString("side", ticket.Request.Side == Side.Buy ? "buy" : "sell");
        json.WriteString("symbol", instrument.Symbol);
        json.WriteNumber("order_qty", instrument.Quantity(ticket.Lots));
        json.WriteNumber("limit_price", instrument.Price(ticket.Request.LimitTicks));
        json.WriteString("time_in_force", timeInForce);
        json.WriteString("cl_ord_id", ticket.Request.Id.ToString());
        json.WriteString("deadline", "1970-01-01T00:00:00.000Z");
        json.WriteString("fee_preference", "quote");
        json.WriteString("token", token);
        json.WriteEndObject();
        json.WriteNumber("req_id", id);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    [Fact]
    public void A_cancel_and_subscriptions_are_written_as_the_venue_has_them()
    {
        using var requests = new OrderRequests();
        var bytes = new ArrayBufferWriter<byte>();
        requests.CancelOrder(bytes, "px0000300000020001", "t", 7);
        Assert.Equal("""{"method":"cancel_order","params":{"cl_ord_id":["px0000300000020001"],"token":"t"},"req_id":7}""", Encoding.UTF8.GetString(bytes.WrittenSpan));

        requests.SubscribeExecutions(bytes, withTrades: false, "t", 8);
        Assert.Equal(
            """{"method":"subscribe","params":{"channel":"executions","snap_orders":true,"snap_trades":false,"token":"t"},"req_id":8}""",
            Encoding.UTF8.GetString(bytes.WrittenSpan));

        requests.SubscribeBalances(bytes, "t", 9);
        Assert.Equal("""{"method":"subscribe","params":{"channel":"balances","snapshot":true,"token":"t"},"req_id":9}""", Encoding.UTF8.GetString(bytes.WrittenSpan));

        requests.Unsubscribe(bytes, "balances", "t", 10);
        Assert.Equal("""{"method":"unsubscribe","params":{"channel":"balances","token":"t"},"req_id":10}""", Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    [Fact]
    public void Writing_an_order_allocates_little_and_grows_nothing()
    {
        using var requests = new OrderRequests();
        var (ticket, instrument) = (new OrderTicket(), AnInstrument.Of("BTC/USD", 1));
        ticket.Begin(new OrderRequest(ClientOrderId.Of(3, 2, 1), 0, Side.Buy, 300_005, 1, TimeInForce.ImmediateOrCancel, 100m, 0));
        requests.AddOrder(ticket, instrument, "ioc", 0, "the-token", 42);
        var before = GC.GetAllocatedBytesForCurrentThread();
        requests.AddOrder(ticket, instrument, "ioc", 0, "the-token", 42);

        // The two short texts of id and time.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400);
    }

    [Theory]
    [InlineData("px0000300000020001", true)]
    [InlineData("px00003000000200", false)]
    [InlineData("b17c7bb34d000200ab", false)]
    [InlineData("px000030000002000g", false)]
    [InlineData(null, false)]
    public void Only_our_own_ids_are_read_back(string? text, bool isOurs)
    {
        Assert.Equal(isOurs, OrderIds.TryParse(text, out var id));
        Assert.True(!isOurs || id == ClientOrderId.Of(3, 2, 1));
    }
}
