using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Accounts;

namespace Parallax.VenueServers.Tests.Kraken;

/// <summary>Signs and sends REST requests; its own reading of the rules.</summary>
internal sealed class RestClient(Uri endpoint, string key = RestClient.Key, string secret = RestClient.Secret) : IDisposable
{
    public const string Key = "test-key";

    /// <summary>The secret of the venue's own published signing example.</summary>
    public const string Secret = "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg==";

    private readonly HttpClient _http = new() { BaseAddress = endpoint, Timeout = TimeSpan.FromSeconds(20) };

    public ulong Nonce { get; set; } = 1_700_000_000_000;

    public static KrakenAccount Account(KrakenPermissions permissions = KrakenPermissions.Trading) => new(
        Key,
        Secret,
        permissions,
        new Dictionary<Asset, decimal> { [new Asset("USD")] = 100_000, [new Asset("BTC")] = 2, [new Asset("ETH")] = 30, [new Asset("USDT")] = 50_000 });

    public async Task<JsonElement> GetAsync(string method, string query = "") => Parse(await _http.GetStringAsync($"/0/public/{method}?{query}"));

    /// <returns>The whole answer, errors included.</returns>
    public async Task<JsonElement> PostAsync(string method, params (string Name, string Value)[] arguments)
    {
        Nonce++;
        return await PostAsync(method, Nonce.ToString(CultureInfo.InvariantCulture), sign: null, arguments);
    }

    /// <param name="sign">The signature to send instead of the right one.</param>
    public async Task<JsonElement> PostAsync(string method, string nonce, string? sign, params (string Name, string Value)[] arguments)
    {
        var path = $"/0/private/{method}";
        var body = string.Join('&', arguments.Prepend(("nonce", nonce)).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("API-Key", key);
        request.Headers.Add("API-Sign", sign ?? Sign(path, nonce, body));
        using var response = await _http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return Parse(await response.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> ResultAsync(string method, params (string Name, string Value)[] arguments)
    {
        var answer = await PostAsync(method, arguments);
        Assert.Empty(answer.GetProperty("error").EnumerateArray());
        return answer.GetProperty("result");
    }

    public static string? Error(JsonElement answer) => answer.GetProperty("error").EnumerateArray().Select(error => error.GetString()).FirstOrDefault();

    private string Sign(string path, string nonce, string body)
    {
        var inner = SHA256.HashData(Encoding.UTF8.GetBytes(nonce + body));
        using var mac = new HMACSHA512(Convert.FromBase64String(secret));
        return Convert.ToBase64String(mac.ComputeHash(Encoding.UTF8.GetBytes(path).Concat(inner).ToArray()));
    }

    private static JsonElement Parse(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    public void Dispose() => _http.Dispose();
}
