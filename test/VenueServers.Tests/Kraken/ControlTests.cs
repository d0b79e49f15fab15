using System.Globalization;
using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.VenueServers.Tests.Kraken;

/// <summary>Counters, nonce windows, the dead man's timer, modes and histories, with time in the test's hand.</summary>
public sealed class ControlTests : IAsyncLifetime, IDisposable
{
    private static readonly CancellationToken Stop = CancellationToken.None;
    private readonly StillTime _time = new();
    private KrakenServer _server = null!;
    private RestClient _rest = null!;

    public async Task InitializeAsync()
    {
        var account = RestClient.Account(KrakenPermissions.Trading | KrakenPermissions.QueryLedger) with { NonceWindow = 10 };
        var options = new KrakenServerOptions { Accounts = [account], Instruments = 3, Rates = KrakenRates.Starter, Faults = FaultTerms.Parse("maintenance@30s..40s") };
        _server = await KrakenServer.StartAsync(options, _time, Stop);
        _rest = new RestClient(_server.Endpoint);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _rest.Dispose();

    [Fact]
    public async Task A_key_that_asks_too_much_is_refused_until_its_counter_has_gone_down()
    {
        for (var i = 0; i < 15; i++)
        {
            Assert.Null(RestClient.Error(await _rest.PostAsync("Balance")));
        }

        Assert.Equal("EAPI:Rate limit exceeded", RestClient.Error(await _rest.PostAsync("Balance")));
        Assert.Null(RestClient.Error(await _rest.PostAsync("CancelAll")));
        _time.Pass(TimeSpan.FromSeconds(4));
        Assert.Null(RestClient.Error(await _rest.PostAsync("Balance")));
        Assert.Equal("EAPI:Rate limit exceeded", RestClient.Error(await _rest.PostAsync("TradesHistory")));
    }

    [Fact]
    public async Task Orders_of_a_pair_that_are_taken_back_at_once_fill_its_counter()
    {
        var taken = 0;
        while (RestClient.Error(await PlaceAsync($"c{taken}")) is null && RestClient.Error(await _rest.PostAsync("CancelOrder", ("cl_ord_id", $"c{taken}"))) is null)
        {
            taken++;
        }

        // An order costs one, its cancel within five seconds eight: six times nine of sixty.
        Assert.Equal(6, taken);
        _time.Pass(TimeSpan.FromSeconds(10));
        Assert.Null(RestClient.Error(await PlaceAsync("later")));
    }

    [Fact]
    public async Task A_nonce_within_the_window_is_taken_once()
    {
        Assert.Null(RestClient.Error(await _rest.PostAsync("Balance", "100", sign: null)));
        Assert.Null(RestClient.Error(await _rest.PostAsync("Balance", "95", sign: null)));
        Assert.Equal("EAPI:Invalid nonce", RestClient.Error(await _rest.PostAsync("Balance", "95", sign: null)));
        Assert.Equal("EAPI:Invalid nonce", RestClient.Error(await _rest.PostAsync("Balance", "90", sign: null)));
    }

    [Fact]
    public async Task The_dead_mans_timer_takes_everything_back_unless_it_is_put_off()
    {
        await PlaceAsync("resting");
        var told = await _rest.ResultAsync("CancelAllOrdersAfter", ("timeout", "10"));
        Assert.NotEqual("0", told.GetProperty("triggerTime").GetString());
        _time.Pass(TimeSpan.FromSeconds(6));
        await _rest.ResultAsync("CancelAllOrdersAfter", ("timeout", "10"));
        _time.Pass(TimeSpan.FromSeconds(6));
        Assert.Single((await _rest.ResultAsync("OpenOrders")).GetProperty("open").EnumerateObject());
        _time.Pass(TimeSpan.FromSeconds(5));
        Assert.Empty((await _rest.ResultAsync("OpenOrders")).GetProperty("open").EnumerateObject());

        await PlaceAsync("another");
        await _rest.ResultAsync("CancelAllOrdersAfter", ("timeout", "1"));
        Assert.Equal("0", (await _rest.ResultAsync("CancelAllOrdersAfter", ("timeout", "0"))).GetProperty("triggerTime").GetString());
        _time.Pass(TimeSpan.FromSeconds(2));
        Assert.Single((await _rest.ResultAsync("OpenOrders")).GetProperty("open").EnumerateObject());
    }

    [Fact]
    public async Task Deposits_and_withdrawals_are_in_the_ledger_and_in_the_balance()
    {
        await _server.Control.MoveAsync(RestClient.Key, new Asset("USD"), 500m, Stop);
        _time.Pass(TimeSpan.FromSeconds(5));
        await _server.Control.MoveAsync(RestClient.Key, new Asset("BTC"), -0.5m, Stop);
        var since = ((decimal)_time.GetUtcNow().AddSeconds(-2).ToUnixTimeMilliseconds() / 1000).ToString(CultureInfo.InvariantCulture);

        Assert.Equal("500", Amount(await _rest.ResultAsync("Ledgers", ("type", "deposit"))));
        Assert.Equal("-0.5", Amount(await _rest.ResultAsync("Ledgers", ("start", since))));
        Assert.Equal(100_500m, (await _rest.ResultAsync("BalanceEx")).GetProperty("ZUSD").GetProperty("balance").GetDecimal());

        static string? Amount(JsonElement result) => Assert.Single(result.GetProperty("ledger").EnumerateObject()).Value.GetProperty("amount").GetString();
    }

    [Fact]
    public async Task A_maintenance_begins_and_ends_when_it_was_said_to_and_a_mode_when_it_is_ordered()
    {
        Assert.Equal("online", await StatusAsync());
        _time.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal("maintenance", await StatusAsync());
        Assert.Equal("EService:Unavailable", RestClient.Error(await PlaceAsync("no")));
        _time.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal("online", await StatusAsync());

        await PlaceAsync("yes");
        await _server.Control.SetModeAsync("cancel_only", Stop);
        Assert.Equal("EService:Market in cancel_only mode", RestClient.Error(await PlaceAsync("no")));
        Assert.Null(RestClient.Error(await _rest.PostAsync("CancelOrder", ("cl_ord_id", "yes"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_fails_on_its_way_was_carried_out_or_not_as_it_was_ordered(bool isCarriedOut)
    {
        await _server.Control.OrderAsync(new RestFault("AddOrder", 503, isCarriedOut, RetryAfterSeconds: 7), Stop);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => PlaceAsync("lost"));

        Assert.Equal(isCarriedOut ? 1 : 0, (await _rest.ResultAsync("OpenOrders")).GetProperty("open").EnumerateObject().Count());
    }

    [Fact]
    public async Task Orders_by_hand_carry_no_id_and_a_revoked_key_can_do_nothing()
    {
        Assert.Null(await _server.Control.TradeByHandAsync(RestClient.Key, "BTC/USD", Side.Buy, 0.01m, 10_000m, Stop));
        var order = Assert.Single((await _rest.ResultAsync("OpenOrders")).GetProperty("open").EnumerateObject()).Value;
        Assert.False(order.TryGetProperty("cl_ord_id", out _));
        await _server.Control.RevokeAsync(RestClient.Key, Stop);
        Assert.Equal("EAPI:Invalid key", RestClient.Error(await _rest.PostAsync("OpenOrders")));
    }

    [Theory]
    [InlineData("maintenance@30s")]
    [InlineData("maintenance@40s..30s")]
    [InlineData("maintenance@now..later")]
    public void A_time_that_cannot_be_read_is_named(string text) =>
        Assert.Contains(text, Assert.Throws<FormatException>(() => FaultTerms.Parse(text)).Message, StringComparison.Ordinal);

    private async Task<string?> StatusAsync() => (await _rest.GetAsync("SystemStatus")).GetProperty("result").GetProperty("status").GetString();

    private Task<JsonElement> PlaceAsync(string id) => _rest.PostAsync(
        "AddOrder", ("pair", "XBTUSD"), ("type", "buy"), ("ordertype", "limit"), ("volume", "0.01"), ("price", "10000"), ("cl_ord_id", id));
}
