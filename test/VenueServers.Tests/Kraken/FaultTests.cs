using System.Text.Json;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.VenueServers.Tests.Kraken;

public sealed class FaultTests
{
    [Fact]
    public void The_same_seed_gives_the_same_faults_and_another_seed_others()
    {
        var terms = FaultTerms.Parse("disconnect=0.01,checksum=0.1,drop=0.1,duplicate=0.1,truncate=0.1");

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
        Assert.Equal(Enum.GetValues<FrameFault>().Order(), Draw(1).Distinct().Order());

        List<FrameFault> Draw(ulong seed)
        {
            var faults = new FrameFaults(terms, seed, new FaultCounts());
            return [.. Enumerable.Range(0, 2_000).Select(_ => faults.Next(hasChecksum: true))];
        }
    }

    [Theory]
    [InlineData("checksum")]
    [InlineData("checksum=2")]
    [InlineData("checksum=-0.1")]
    [InlineData("checksum=often")]
    [InlineData("earthquake=0.1")]
    public void A_fault_that_cannot_be_read_is_named(string text)
    {
        var wrong = Assert.Throws<FormatException>(() => FaultTerms.Parse(text));
        Assert.Contains(text.Split('=')[0], wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_are_printed_as_they_are_read()
    {
        const string Text = "disconnect=0.001,checksum=0.0005,lost-ack=0.25";
        Assert.Equal(Text, FaultTerms.Parse(Text).ToString());
    }

    [Fact]
    public async Task A_wrong_checksum_a_lost_a_doubled_and_a_halved_message_arrive_and_are_counted()
    {
        await using var server = await StartAsync("checksum=0.05,drop=0.05,duplicate=0.05,truncate=0.05");
        await using var client = await SocketClient.ConnectAsync(server.Endpoint);
        await client.SendAsync("subscribe", new { channel = "book", symbol = new[] { "BTC/USD" } });

        var (halved, doubled, before) = (0, 0, "");
        for (var i = 0; i < 600; i++)
        {
            var text = (await client.ReceiveTextAsync())!;
            try
            {
                JsonSerializer.Deserialize<JsonElement>(text);
                // A quiet market sends one heartbeat after the other, and the first halves of two messages may be the same.
                doubled += text == before && !text.Contains("heartbeat", StringComparison.Ordinal) ? 1 : 0;
                before = text;
            }
            catch (JsonException)
            {
                halved++;
            }
        }

        Assert.True(halved > 0);
        Assert.True(doubled > 0);
        Assert.True(server.Faults.Truncations >= halved);
        Assert.True(server.Faults.Duplicates >= doubled);
        Assert.True(server.Faults.Checksums > 0);
        Assert.True(server.Faults.Drops > 0);
    }

    [Fact]
    public async Task A_forced_disconnect_ends_the_connection_and_a_new_one_is_served()
    {
        await using var server = await StartAsync("disconnect=0.05");
        await using var client = await SocketClient.ConnectAsync(server.Endpoint);
        await client.SendAsync("subscribe", new { channel = "book", symbol = new[] { "BTC/USD" } });
        while (await client.ReceiveTextAsync() is not null)
        {
        }

        Assert.True(server.Faults.Disconnects > 0);
        await using var again = await SocketClient.ConnectAsync(server.Endpoint);
        await again.ReceiveChannelAsync("status");
    }

    [Fact]
    public async Task An_order_whose_acknowledgement_is_lost_lives()
    {
        await using var server = await StartAsync("lost-ack=1", new StillTime());
        using var rest = new RestClient(server.Endpoint);
        await using var client = await SocketClient.ConnectAsync(server.Endpoint, "/v2/private");
        var token = (await rest.ResultAsync("GetWebSocketsToken")).GetProperty("token").GetString();
        await client.SendAsync("add_order", Order(token));
        var ping = await client.SendAsync("ping");

        var next = await client.ReceiveAsync(message => message.TryGetProperty("method", out _));
        Assert.Equal(ping, next.GetProperty("req_id").GetInt32());
        var open = (await rest.ResultAsync("OpenOrders", ("cl_ord_id", "lost"))).GetProperty("open");
        Assert.Single(open.EnumerateObject());
        Assert.Equal(1, server.Faults.LostAcks);
    }

    [Fact]
    public async Task During_maintenance_orders_are_refused_and_everybody_is_told_before_and_after()
    {
        var time = new StillTime();
        await using var server = await StartAsync("maintenance=1", time);
        using var rest = new RestClient(server.Endpoint);
        await using var client = await SocketClient.ConnectAsync(server.Endpoint, "/v2/private");
        var token = (await rest.ResultAsync("GetWebSocketsToken")).GetProperty("token").GetString();
        Assert.Equal("online", System(await client.ReceiveChannelAsync("status")));

        time.Pass(TimeSpan.FromSeconds(1));
        await client.SendAsync("ping");
        Assert.Equal("maintenance", System(await client.ReceiveChannelAsync("status")));
        var refused = await client.ReceiveReplyAsync(await client.SendAsync("add_order", Order(token)));
        Assert.Equal("EService:Unavailable", refused.GetProperty("error").GetString());
        Assert.Equal("maintenance", (await rest.GetAsync("SystemStatus")).GetProperty("result").GetProperty("status").GetString());

        time.Pass(TimeSpan.FromSeconds(5));
        await client.SendAsync("ping");
        Assert.Equal("online", System(await client.ReceiveChannelAsync("status")));

        static string? System(JsonElement status) => status.GetProperty("data")[0].GetProperty("system").GetString();
    }

    [Fact]
    public void A_client_that_does_not_read_is_cut_off()
    {
        using var outbox = new VenueServers.Kraken.Sockets.Outbox();
        var message = new byte[1024 * 1024];
        for (var i = 0; i < 17; i++)
        {
            outbox.Add(message);
        }

        Assert.True(outbox.IsOverflown);
        Assert.True(outbox.Closed.IsCancellationRequested);
    }

    private static Task<KrakenServer> StartAsync(string faults, TimeProvider? time = null) => KrakenServer.StartAsync(
        new KrakenServerOptions { Instruments = 3, MarketRate = 3_000, Faults = FaultTerms.Parse(faults), Accounts = [RestClient.Account()] },
        time ?? TimeProvider.System,
        default);

    private static object Order(string? token) => new
    {
        order_type = "limit",
        side = "buy",
        symbol = "BTC/USD",
        order_qty = 0.01m,
        limit_price = 50_000,
        cl_ord_id = "lost",
        token,
    };
}
