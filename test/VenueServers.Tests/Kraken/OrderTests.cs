using System.Globalization;
using System.Text.Json;
using Parallax.VenueServers.Kraken;

namespace Parallax.VenueServers.Tests.Kraken;

public sealed class OrderTests : IAsyncLifetime, IDisposable
{
    private KrakenServer _server = null!;
    private RestClient _rest = null!;
    private SocketClient _socket = null!;
    private string _token = "";

    public async Task InitializeAsync()
    {
        // Time stands still: what moves here was moved by the test.
        var options = new KrakenServerOptions { Accounts = [RestClient.Account()], Instruments = 3 };
        _server = await KrakenServer.StartAsync(options, new StillTime(), default);
        _rest = new RestClient(_server.Endpoint);
        _socket = await SocketClient.ConnectAsync(_server.Endpoint, "/v2/private");
        _token = (await _rest.ResultAsync("GetWebSocketsToken")).GetProperty("token").GetString()!;
    }

    public async Task DisposeAsync()
    {
        await _socket.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _rest.Dispose();

    [Fact]
    public async Task An_order_that_takes_is_reported_in_sequence_and_its_quantity_is_gone_from_the_book()
    {
        await _socket.SendAsync("subscribe", new { channel = "executions", token = _token });
        var snapshot = await _socket.ReceiveChannelAsync("executions", "snapshot");
        Assert.Equal(1, snapshot.GetProperty("sequence").GetInt32());
        var (price, quantity) = await BestAskAsync();
        var part = decimal.Round(quantity / 2, 4, MidpointRounding.ToZero);

        var id = await _socket.SendAsync("add_order", Limit("buy", part, price, "ioc", "first"));
        var events = new List<JsonElement>();
        JsonElement? ack = null;
        while (ack is null || events.Count < 4)
        {
            var message = await _socket.ReceiveAsync();
            if (message.TryGetProperty("req_id", out var found) && found.GetInt32() == id)
            {
                ack = message;
            }
            else if (message.TryGetProperty("channel", out var channel) && channel.GetString() == "executions")
            {
                Assert.Equal(events.Count + 2, message.GetProperty("sequence").GetInt32());
                events.Add(message.GetProperty("data")[0]);
            }
        }

        Assert.True(ack.Value.GetProperty("success").GetBoolean());
        Assert.Equal(["pending_new", "new", "trade", "filled"], events.Select(row => row.GetProperty("exec_type").GetString()));
        Assert.All(events, row => Assert.Equal("first", row.GetProperty("cl_ord_id").GetString()));
        var trade = events[2];
        Assert.Equal(part, trade.GetProperty("last_qty").GetDecimal());
        Assert.Equal(part * price * 0.0026m, trade.GetProperty("fees")[0].GetProperty("qty").GetDecimal());
        Assert.Equal("t", trade.GetProperty("liquidity_ind").GetString());
        Assert.Equal((price, quantity - part), await BestAskAsync());
        var balances = await _rest.ResultAsync("BalanceEx");
        Assert.Equal(100_000 - (part * price * 1.0026m), balances.GetProperty("ZUSD").GetProperty("balance").GetDecimal());
        Assert.Equal(2 + part, balances.GetProperty("XXBT").GetProperty("balance").GetDecimal());
    }

    [Fact]
    public async Task What_an_immediate_order_cannot_trade_within_its_limit_is_canceled()
    {
        var (price, quantity) = await BestAskAsync();
        await _socket.SendAsync("subscribe", new { channel = "executions", token = _token });
        await _socket.SendAsync("add_order", Limit("buy", quantity + 0.01m, price, "ioc", "more"));

        var canceled = await _socket.ReceiveAsync(message =>
            message.TryGetProperty("channel", out var channel) && channel.GetString() == "executions"
            && message.GetProperty("data").EnumerateArray().Any(row => row.GetProperty("exec_type").GetString() == "canceled"));
        Assert.Equal(quantity, canceled.GetProperty("data")[0].GetProperty("cum_qty").GetDecimal());
        Assert.True((await BestAskAsync()).Price > price);
    }

    [Fact]
    public async Task A_fill_or_kill_order_that_cannot_be_filled_trades_nothing()
    {
        var (price, quantity) = await BestAskAsync();
        await _socket.SendAsync("subscribe", new { channel = "executions", token = _token });
        await _socket.SendAsync("add_order", Limit("buy", quantity + 0.01m, price, "fok", "all"));

        var canceled = await _socket.ReceiveAsync(message =>
            message.TryGetProperty("channel", out var channel) && channel.GetString() == "executions"
            && message.GetProperty("data").EnumerateArray().Any(row => row.GetProperty("exec_type").GetString() == "canceled"));
        Assert.Equal(0, canceled.GetProperty("data")[0].GetProperty("cum_qty").GetDecimal());
        Assert.Equal((price, quantity), await BestAskAsync());
    }

    [Fact]
    public async Task A_resting_order_shows_in_the_book_holds_its_funds_and_can_be_canceled()
    {
        var (price, _) = await BestAskAsync();
        var bid = decimal.Floor(price * 0.9m);
        var placed = await _rest.ResultAsync("AddOrder", Rest("buy", 0.1m, bid, ("cl_ord_id", "resting")));
        var txid = placed.GetProperty("txid")[0].GetString()!;

        var open = (await _rest.ResultAsync("OpenOrders")).GetProperty("open").GetProperty(txid);
        Assert.Equal("open", open.GetProperty("status").GetString());
        var held = (await _rest.ResultAsync("BalanceEx")).GetProperty("ZUSD").GetProperty("hold_trade").GetDecimal();
        Assert.Equal(0.1m * bid * 1.0026m, held);
        var depth = (await _rest.GetAsync("Depth", "pair=XBTUSD&count=500")).GetProperty("result").GetProperty("XXBTZUSD").GetProperty("bids");
        Assert.Contains(depth.EnumerateArray(), level => Parse(level[0]) == bid && Parse(level[1]) == 0.1m);
        Assert.Equal("EOrder:Duplicate cl_ord_id", RestClient.Error(await _rest.PostAsync("AddOrder", Rest("buy", 0.1m, bid, ("cl_ord_id", "resting")))));

        Assert.Equal(1, (await _rest.ResultAsync("CancelOrder", ("txid", txid))).GetProperty("count").GetInt32());
        Assert.Equal("EOrder:Unknown order", RestClient.Error(await _rest.PostAsync("CancelOrder", ("txid", txid))));
        Assert.Equal(0, (await _rest.ResultAsync("BalanceEx")).GetProperty("ZUSD").GetProperty("hold_trade").GetDecimal());
        Assert.Equal("canceled", (await _rest.ResultAsync("QueryOrders", ("txid", txid))).GetProperty(txid).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("EOrder:Insufficient funds", "buy", 1.9, 1, 1)]
    [InlineData("EOrder:Order minimum not met", "buy", 0.0000001, 1, 1)]
    [InlineData("EOrder:Tick size check failed", "buy", 0.1, 1, 0.0001)]
    [InlineData("EOrder:Invalid price", "buy", 0.1, 0, 0)]
    [InlineData("EGeneral:Invalid arguments:volume", "buy", 0, 1, 1)]
    [InlineData("EGeneral:Invalid arguments:type", "hold", 0.1, 1, 1)]
    [InlineData("EOrder:Insufficient funds", "sell", 2.1, 1, 1)]
    public async Task A_wrong_order_is_refused_in_the_venues_words(string error, string side, decimal quantity, decimal priceFactor, decimal pricePlus)
    {
        var (price, _) = await BestAskAsync();
        var wanted = priceFactor == 0 ? 0 : price + (pricePlus == 1 ? 0 : pricePlus);

        Assert.Equal(error, RestClient.Error(await _rest.PostAsync("AddOrder", Rest(side, quantity, wanted))));
        var id = await _socket.SendAsync("add_order", Limit(side, quantity, wanted, "gtc", "wrong"));
        var reply = await _socket.ReceiveReplyAsync(id);
        Assert.False(reply.GetProperty("success").GetBoolean());
        Assert.Equal(error, reply.GetProperty("error").GetString());
    }

    [Fact]
    public async Task An_order_after_its_deadline_is_not_matched()
    {
        var (price, quantity) = await BestAskAsync();
        var id = await _socket.SendAsync("add_order", new
        {
            order_type = "limit",
            side = "buy",
            symbol = "BTC/USD",
            order_qty = 0.01m,
            limit_price = price,
            time_in_force = "ioc",
            deadline = "2020-01-01T00:00:00.000Z",
            token = _token,
        });

        Assert.Equal("EService:Deadline elapsed", (await _socket.ReceiveReplyAsync(id)).GetProperty("error").GetString());
        Assert.Equal((price, quantity), await BestAskAsync());
    }

    [Fact]
    public async Task Orders_need_a_token_and_the_private_endpoint()
    {
        await using var open = await SocketClient.ConnectAsync(_server.Endpoint);
        var order = Limit("buy", 0.01m, 50_000, "gtc", "x");
        var refused = await open.ReceiveReplyAsync(await open.SendAsync("add_order", order));
        Assert.StartsWith("Private data and trading are unavailable", refused.GetProperty("error").GetString(), StringComparison.Ordinal);

        await using var stranger = await SocketClient.ConnectAsync(_server.Endpoint, "/v2/private");
        var id = await stranger.SendAsync("subscribe", new { channel = "executions", token = "guessed" });
        Assert.Equal("ESession:Invalid session", (await stranger.ReceiveReplyAsync(id)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Each_id_of_a_cancel_request_is_answered_and_the_rest_are_canceled_together()
    {
        var (price, _) = await BestAskAsync();
        var far = decimal.Floor(price * 0.8m);
        foreach (var name in new[] { "a", "b", "c" })
        {
            var reply = await _socket.ReceiveReplyAsync(await _socket.SendAsync("add_order", Limit("buy", 0.01m, far, "gtc", name)));
            Assert.True(reply.GetProperty("success").GetBoolean());
        }

        var id = await _socket.SendAsync("cancel_order", new { cl_ord_id = new[] { "a", "nobody" }, token = _token });
        var first = await _socket.ReceiveReplyAsync(id);
        var second = await _socket.ReceiveReplyAsync(id);
        Assert.Equal("a", first.GetProperty("result").GetProperty("cl_ord_id").GetString());
        Assert.Equal("EOrder:Unknown order", second.GetProperty("error").GetString());
        var all = await _socket.ReceiveReplyAsync(await _socket.SendAsync("cancel_all", new { token = _token }));
        Assert.Equal(2, all.GetProperty("result").GetProperty("count").GetInt32());
    }

    private async Task<(decimal Price, decimal Quantity)> BestAskAsync()
    {
        var depth = await _rest.GetAsync("Depth", "pair=XBTUSD&count=1");
        var best = depth.GetProperty("result").GetProperty("XXBTZUSD").GetProperty("asks")[0];
        return (Parse(best[0]), Parse(best[1]));
    }

    private object Limit(string side, decimal quantity, decimal price, string timeInForce, string clientId) => new
    {
        order_type = "limit",
        side,
        symbol = "BTC/USD",
        order_qty = quantity,
        limit_price = price,
        time_in_force = timeInForce,
        cl_ord_id = clientId,
        token = _token,
    };

    private static (string, string)[] Rest(string side, decimal quantity, decimal price, params (string, string)[] more) =>
    [
        ("pair", "XBTUSD"), ("type", side), ("ordertype", "limit"), ("volume", quantity.ToString(CultureInfo.InvariantCulture)),
        ("price", price.ToString(CultureInfo.InvariantCulture)), .. more,
    ];

    private static decimal Parse(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
