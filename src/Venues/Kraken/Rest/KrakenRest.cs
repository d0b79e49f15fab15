using System.Globalization;
using System.Text;
using System.Text.Json;
using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Venues.Kraken.Rest;

/// <summary>Calls the venue's REST methods: public ones as they are, private ones signed and one after another.</summary>
/// <remarks>
/// Private calls of one key go out one at a time, because their nonces have to arrive in order, and within the account's call budget, for
/// which they wait. A refused nonce is tried once more. What could not be asked comes back as an answer that says so
/// (<see cref="RestAnswer{T}.Malformed"/>); nothing is thrown but cancellation. Any thread.
/// Venue page: https://docs.kraken.com/api/docs/guides/spot-rest-auth.
/// </remarks>
public sealed class KrakenRest : IDisposable
{
    private readonly RestClient _client;
    private readonly KrakenCredentials? _credentials;
    private readonly TimeProvider _time;
    private readonly NonceSource _nonces;
    private readonly RateBudget _budget;
    private readonly long _started;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="root">See <see cref="KrakenEndpoints.Rest"/>.</param>
    /// <param name="credentials"><see langword="null"/> for public methods only.</param>
    /// <param name="seed">Of the jitter between attempts.</param>
    /// <param name="nonces">One source a key, kept over a restart; <see langword="null"/> begins with the clock.</param>
    /// <param name="budget">Of private calls; <see langword="null"/> for that of the lowest tier.</param>
    public KrakenRest(Uri root, KrakenCredentials? credentials, TimeProvider time, ulong seed, NonceSource? nonces = null, RateBudget? budget = null)
    {
        _client = new RestClient(new RestOptions { BaseAddress = root }, time, seed);
        _credentials = credentials;
        _time = time;
        _nonces = nonces ?? new NonceSource(time);
        _budget = budget ?? new RateBudget(KrakenLimits.PrivateCallsMax, KrakenLimits.PrivateCallsPerSecond, keptForCancels: 2m);
        _started = time.GetTimestamp();
    }

    public Task<RestAnswer<IReadOnlyList<AssetPair>>> AssetPairsAsync(CancellationToken cancellation) =>
        PublicAsync("AssetPairs", MarketAnswers.AssetPairs, cancellation);

    public Task<RestAnswer<IReadOnlyDictionary<string, string>>> AssetsAsync(CancellationToken cancellation) =>
        PublicAsync("Assets", MarketAnswers.Assets, cancellation);

    public Task<RestAnswer<IReadOnlyList<TickerQuote>>> TickerAsync(CancellationToken cancellation) =>
        PublicAsync("Ticker", MarketAnswers.Ticker, cancellation);

    public Task<RestAnswer<SystemStatus>> SystemStatusAsync(CancellationToken cancellation) =>
        PublicAsync("SystemStatus", MarketAnswers.SystemStatus, cancellation);

    /// <summary>A token that opens the private feed; good for one connection that begins soon.</summary>
    public Task<RestAnswer<SessionToken>> WebSocketsTokenAsync(CancellationToken cancellation) =>
        PrivateAsync("GetWebSocketsToken", [], 1m, AccountAnswers.SessionToken, cancellation);

    /// <summary>What the key may do.</summary>
    public Task<RestAnswer<ApiKeyInfo>> ApiKeyInfoAsync(CancellationToken cancellation) =>
        PrivateAsync("GetApiKeyInfo", [], 1m, AccountAnswers.ApiKeyInfo, cancellation);

    /// <summary>By the venue's codes: see <see cref="Symbols.BalanceAsset"/>.</summary>
    public Task<RestAnswer<IReadOnlyDictionary<string, ExtendedBalance>>> BalancesAsync(CancellationToken cancellation) =>
        PrivateAsync("BalanceEx", [], 1m, AccountAnswers.BalanceEx, cancellation);

    /// <summary>The account's own fees.</summary>
    /// <param name="pairs">Altnames or keys.</param>
    public Task<RestAnswer<TradeVolume>> TradeVolumeAsync(IEnumerable<string> pairs, CancellationToken cancellation) =>
        PrivateAsync("TradeVolume", [("pair", string.Join(',', pairs))], 1m, AccountAnswers.TradeVolume, cancellation);

    /// <param name="clientOrderId">Ours; only orders that carry it.</param>
    public Task<RestAnswer<IReadOnlyList<OrderInfo>>> OpenOrdersAsync(string clientOrderId, CancellationToken cancellation) =>
        PrivateAsync("OpenOrders", [("trades", "true"), ("cl_ord_id", clientOrderId)], 1m, AccountAnswers.OpenOrders, cancellation);

    /// <param name="clientOrderId">Ours; only orders that carry it.</param>
    public Task<RestAnswer<IReadOnlyList<OrderInfo>>> ClosedOrdersAsync(string clientOrderId, CancellationToken cancellation) =>
        PrivateAsync("ClosedOrders", [("trades", "true"), ("cl_ord_id", clientOrderId)], 1m, AccountAnswers.ClosedOrders, cancellation);

    /// <summary>Up to fifty trades, the newest first.</summary>
    /// <param name="sinceSeconds">UTC seconds since 1970.</param>
    /// <param name="skip">How many of the newest to pass over.</param>
    public Task<RestAnswer<IReadOnlyList<TradeInfo>>> TradesAsync(long sinceSeconds, int skip, CancellationToken cancellation) =>
        PrivateAsync("TradesHistory", [("start", Text(sinceSeconds)), ("ofs", Text(skip))], 2m, AccountAnswers.TradesHistory, cancellation);

    public void Dispose()
    {
        _client.Dispose();
        _turn.Dispose();
    }

    private async Task<RestAnswer<T>> PublicAsync<T>(string method, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class =>
        Answer(await _client.GetAsync($"/0/public/{method}", cancellation), read);

    private async Task<RestAnswer<T>> PrivateAsync<T>(
        string method, (string Name, string Value)[] arguments, decimal cost, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        if (_credentials is null)
        {
            return new RestAnswer<T> { Malformed = $"{method} needs a key, and none was given." };
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            var answer = await SignedAsync(_credentials, method, arguments, cost, read, cancellation);
            return answer.Errors is [var error, ..] && ErrorCodes.Classify(error) == ErrorClass.Nonce
                ? await SignedAsync(_credentials, method, arguments, cost, read, cancellation)
                : answer;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<RestAnswer<T>> SignedAsync<T>(
        KrakenCredentials credentials, string method, (string Name, string Value)[] arguments, decimal cost, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        while (_budget.TryTake(cost, isCancel: false, _time.GetElapsedTime(_started)) is { } wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, cancellation);
        }

        var nonce = _nonces.Next().ToString(CultureInfo.InvariantCulture);
        var form = new StringBuilder($"nonce={nonce}");
        foreach (var (name, value) in arguments)
        {
            form.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        var path = $"/0/private/{method}";
        var body = Encoding.ASCII.GetBytes(form.ToString());
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.Add("Content-Type", "application/x-www-form-urlencoded");
        request.Headers.Add("API-Key", credentials.Key);
        request.Headers.Add("API-Sign", Signing.ApiSign(credentials.Secret, path, nonce, body));
        var answer = Answer(await _client.SendOnceAsync(request, cancellation), read);
        if (answer.Errors.Any(error => ErrorCodes.Classify(error) == ErrorClass.Throttled))
        {
            // The venue's counter is full, whatever ours says.
            _budget.RaiseTo(decimal.MaxValue, _time.GetElapsedTime(_started));
        }

        return answer;
    }

    private static RestAnswer<T> Answer<T>(RestReply reply, Func<JsonElement, T> read)
        where T : class =>
        reply.Outcome != RestOutcome.Answered ? new RestAnswer<T> { Malformed = reply.Trouble }
        : !reply.IsSuccess ? new RestAnswer<T> { Malformed = $"The venue answered with status {(int)reply.Status!.Value}." }
        : RestAnswer.Read(reply.Body, read);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
