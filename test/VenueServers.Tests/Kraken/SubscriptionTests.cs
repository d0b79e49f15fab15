using System.Text.Json;
using Parallax.VenueServers.Kraken;

namespace Parallax.VenueServers.Tests.Kraken;

public sealed class SubscriptionTests
{
    [Fact]
    public async Task Every_symbol_of_a_request_is_answered_on_its_own()
    {
        await using var server = await StartAsync(new StillTime());
        await using var client = await SocketClient.ConnectAsync(server.Endpoint);

        var id = await client.SendAsync("subscribe", new { channel = "book", symbol = new[] { "BTC/USD", "XBT/USD", "ETH/USD" }, depth = 25 });
        var replies = new List<JsonElement>();
        for (var i = 0; i < 3; i++)
        {
            replies.Add(await client.ReceiveReplyAsync(id));
        }

        Assert.Equal([true, false, true], replies.Select(reply => reply.GetProperty("success").GetBoolean()));
        Assert.Equal("BTC/USD", replies[0].GetProperty("result").GetProperty("symbol").GetString());
        Assert.Equal(25, replies[0].GetProperty("result").GetProperty("depth").GetInt32());
        Assert.Equal("Currency pair not supported XBT/USD", replies[1].GetProperty("error").GetString());
        Assert.Equal("XBT/USD", replies[1].GetProperty("symbol").GetString());
    }

    [Theory]
    [InlineData("""{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USD"],"depth":11},"req_id":1}""", "Subscription depth not supported")]
    [InlineData("""{"method":"subscribe","params":{"channel":"weather","symbol":["BTC/USD"]},"req_id":1}""", "Method or channel not supported")]
    [InlineData("""{"method":"subscribe","params":{"channel":"book"},"req_id":1}""", "Symbol(s) missing")]
    [InlineData("""{"method":"unsubscribe","params":{"channel":"trade","symbol":["BTC/USD"]},"req_id":1}""", "Subscription Not Found")]
    [InlineData("""{"method":"dance","req_id":1}""", "Method or channel not supported")]
    [InlineData("""{"req_id":1}""", "Malformed request")]
    [InlineData("""[1,2""", "Malformed request")]
    public async Task What_cannot_be_done_is_said_and_the_connection_goes_on(string request, string error)
    {
        await using var server = await StartAsync(new StillTime());
        await using var client = await SocketClient.ConnectAsync(server.Endpoint);

        await client.SendTextAsync(request);
        var reply = await client.ReceiveAsync(message => message.TryGetProperty("error", out _));

        Assert.Equal(error, reply.GetProperty("error").GetString());
        await client.ReceiveReplyAsync(await client.SendAsync("ping"));
    }

    [Fact]
    public async Task After_unsubscribing_a_book_can_be_subscribed_again_and_starts_with_a_snapshot()
    {
        await using var server = await StartAsync(TimeProvider.System);
        await using var client = await SocketClient.ConnectAsync(server.Endpoint);
        var book = new { channel = "book", symbol = new[] { "BTC/USD" } };
        await client.SendAsync("subscribe", book);
        await client.ReceiveChannelAsync("book", "update");
        var twice = await client.ReceiveReplyAsync(await client.SendAsync("subscribe", book));
        Assert.Equal("Already subscribed", twice.GetProperty("error").GetString());

        var left = await client.ReceiveReplyAsync(await client.SendAsync("unsubscribe", book));
        Assert.True(left.GetProperty("success").GetBoolean());
        await client.SendAsync("subscribe", book);
        var next = await client.ReceiveChannelAsync("book");
        Assert.Equal("snapshot", next.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Silence_after_a_subscription_is_broken_by_a_heartbeat()
    {
        var time = new StillTime();
        await using var server = await StartAsync(time);
        await using var client = await SocketClient.ConnectAsync(server.Endpoint);
        await client.ReceiveChannelAsync("status");
        await client.SendAsync("subscribe", new { channel = "instrument" });
        await client.ReceiveChannelAsync("instrument");

        time.Pass(TimeSpan.FromSeconds(1.5));
        var next = await client.ReceiveAsync();

        Assert.Equal("heartbeat", next.GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Trades_count_up_without_gaps_and_a_late_subscriber_gets_the_last_ones()
    {
        await using var server = await StartAsync(TimeProvider.System);
        await using var client = await SocketClient.ConnectAsync(server.Endpoint);
        await client.SendAsync("subscribe", new { channel = "trade", symbol = new[] { "BTC/USD" }, snapshot = false });
        var ids = new List<long>();
        while (ids.Count < 60)
        {
            var message = await client.ReceiveChannelAsync("trade");
            ids.AddRange(message.GetProperty("data").EnumerateArray().Select(trade => trade.GetProperty("trade_id").GetInt64()));
        }

        Assert.Equal(Enumerable.Range(0, ids.Count).Select(i => ids[0] + i), ids);
        await using var late = await SocketClient.ConnectAsync(server.Endpoint);
        await late.SendAsync("subscribe", new { channel = "trade", symbol = new[] { "BTC/USD" } });
        Assert.Equal(50, (await late.ReceiveChannelAsync("trade", "snapshot")).GetProperty("data").GetArrayLength());
    }

    private static Task<KrakenServer> StartAsync(TimeProvider time) =>
        KrakenServer.StartAsync(new KrakenServerOptions { Instruments = 3, MarketRate = 3_000 }, time, default);
}
