using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;

namespace Parallax.VenueServers.Tests.Kraken;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task A_request_signed_with_another_secret_is_refused_and_uses_up_no_nonce()
    {
        await using var server = await StartAsync();
        using var wrong = new RestClient(server.Endpoint, secret: Convert.ToBase64String(new byte[64]));
        using var right = new RestClient(server.Endpoint);

        Assert.Equal("EAPI:Invalid signature", RestClient.Error(await wrong.PostAsync("Balance", "999", sign: null)));
        Assert.Equal("EAPI:Invalid signature", RestClient.Error(await right.PostAsync("Balance", "999", sign: "not even base64")));
        Assert.Equal("EAPI:Invalid signature", RestClient.Error(await right.PostAsync("Balance", "999", sign: "")));
        Assert.Null(RestClient.Error(await right.PostAsync("Balance", "5", sign: null)));
    }

    [Fact]
    public async Task A_nonce_must_be_larger_than_every_one_before()
    {
        await using var server = await StartAsync();
        using var client = new RestClient(server.Endpoint);

        Assert.Null(RestClient.Error(await client.PostAsync("Balance", "100", sign: null)));
        Assert.Equal("EAPI:Invalid nonce", RestClient.Error(await client.PostAsync("Balance", "100", sign: null)));
        Assert.Equal("EAPI:Invalid nonce", RestClient.Error(await client.PostAsync("Balance", "99", sign: null)));
        Assert.Equal("EAPI:Invalid nonce", RestClient.Error(await client.PostAsync("Balance", "soon", sign: null)));
        Assert.Null(RestClient.Error(await client.PostAsync("Balance", "101", sign: null)));
        Assert.Null(RestClient.Error(await client.PostAsync("Balance", "18446744073709551615", sign: null)));
    }

    [Fact]
    public async Task An_unknown_key_and_a_missing_permission_are_told_in_the_venues_words()
    {
        await using var server = await StartAsync(KrakenPermissions.QueryFunds);
        using var stranger = new RestClient(server.Endpoint, key: "nobody");
        using var client = new RestClient(server.Endpoint);

        Assert.Equal("EAPI:Invalid key", RestClient.Error(await stranger.PostAsync("Balance")));
        Assert.Null(RestClient.Error(await client.PostAsync("Balance")));
        foreach (var method in new[] { "AddOrder", "CancelOrder", "OpenOrders", "ClosedOrders", "TradesHistory", "GetWebSocketsToken" })
        {
            Assert.Equal("EGeneral:Permission denied", RestClient.Error(await client.PostAsync(method)));
        }
    }

    private static Task<KrakenServer> StartAsync(KrakenPermissions permissions = KrakenPermissions.Trading) =>
        KrakenServer.StartAsync(new KrakenServerOptions { Accounts = [RestClient.Account(permissions)] }, TimeProvider.System, default);
}
