using Parallax.Domain;
using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Kraken.Rest;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Venues.Tests.Kraken.Rest;

/// <summary>Private calls against the independent server.</summary>
public sealed class KrakenRestTests : IAsyncLifetime, IDisposable
{
    private const string Key = "test-key";
    private const string Secret = "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg==";
    private static readonly CancellationToken Stop = CancellationToken.None;

    private KrakenServer _server = null!;
    private KrakenRest _rest = null!;

    public async Task InitializeAsync()
    {
        var account = new KrakenAccount(Key, Secret, KrakenPermissions.Trading, new Dictionary<Asset, decimal> { [new Asset("USD")] = 1m });
        _server = await KrakenServer.StartAsync(new KrakenServerOptions { Accounts = [account], Instruments = 3, Rates = KrakenRates.Starter }, TimeProvider.System, Stop);
        _rest = Rest(new NonceSource(TimeProvider.System));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _rest.Dispose();

    [Fact]
    public async Task A_nonce_that_another_used_up_is_tried_once_more_and_then_halts_the_venue_with_advice()
    {
        using var other = Rest(new NonceSource(TimeProvider.System, last: ulong.MaxValue / 2));
        Assert.NotNull((await other.BalancesAsync(Stop)).Result);

        Assert.Null((await _rest.BalancesAsync(Stop)).Result);
        Assert.Equal(VenueHalt.Nonce, _rest.Halt!.Reason);
        Assert.Contains("key of its own", _rest.Halt.Text, StringComparison.Ordinal);
        Assert.True((await _rest.BalancesAsync(Stop)).IsNotSent);

        _rest.Resume();
        Assert.False((await _rest.BalancesAsync(Stop)).IsNotSent);
    }

    [Fact]
    public async Task A_nonce_refused_once_costs_nothing()
    {
        await _server.Control.OrderAsync(new RestFault("BalanceEx", 200, Error: "EAPI:Invalid nonce"), Stop);

        Assert.NotNull((await _rest.BalancesAsync(Stop)).Result);
        Assert.Null(_rest.Halt);
    }

    [Theory]
    [InlineData("EGeneral:Temporary lockout", VenueHalt.LockedOut)]
    [InlineData("EAPI:Invalid signature", VenueHalt.KeyRevoked)]
    public async Task An_error_that_halts_keeps_every_further_call_at_home(string error, string reason)
    {
        await _server.Control.OrderAsync(new RestFault("BalanceEx", 200, Error: error), Stop);
        await _rest.BalancesAsync(Stop);

        Assert.Equal(reason, _rest.Halt!.Reason);
        Assert.True((await _rest.ApiKeyInfoAsync(Stop)).IsNotSent);
    }

    [Fact]
    public async Task A_permission_that_we_can_do_without_is_no_reason_to_stop()
    {
        var answer = await _rest.LedgersAsync("deposit", 0, 0, Stop);

        Assert.Equal(["EGeneral:Permission denied"], answer.Errors);
        Assert.Null(_rest.Halt);
    }

    [Fact]
    public async Task Within_its_budget_a_key_is_never_refused_and_a_cancel_passes_the_questions_that_wait()
    {
        for (var i = 0; i < 12; i++)
        {
            Assert.Empty((await _rest.BalancesAsync(Stop)).Errors);
        }

        var waiting = _rest.BalancesAsync(Stop);
        var cancel = await _rest.CancelAllAsync(Stop);
        Assert.Equal(0, cancel.Result!.Count);
        Assert.False(waiting.IsCompleted);
        Assert.Empty((await waiting).Errors);
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(403, true)]
    [InlineData(418, true)]
    [InlineData(408, false)]
    [InlineData(500, false)]
    [InlineData(520, false)]
    public async Task A_status_says_whether_the_request_may_have_been_carried_out(int status, bool isTurnedAway)
    {
        await _server.Control.OrderAsync(new RestFault("BalanceEx", status), Stop);
        var answer = await _rest.BalancesAsync(Stop);

        Assert.Equal((isTurnedAway, false), (answer.IsTurnedAway, answer.IsNotSent));
        Assert.Equal(status is 403 or 418 ? VenueHalt.Banned : null, _rest.Halt?.Reason);
        Assert.Equal(status == 429, _rest.Pause > TimeSpan.Zero);
    }

    private KrakenRest Rest(NonceSource nonces) => new(_server.Endpoint, new KrakenCredentials(Key, Secret), TimeProvider.System, 1, nonces);
}
