using System.Globalization;
using System.Text;
using System.Text.Json;
using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Venues.Kraken.Rest;

/// <summary>Calls the venue's REST methods: public ones as they are, private ones signed and one after another.</summary>
/// <remarks>
/// Private calls of one key go out one at a time, because their nonces have to arrive in order. Questions wait for the account's call
/// budget and for whatever pause the venue asked for; they do so before their turn, so that orders and cancels pass them. A refused nonce
/// is tried once more. What could not be asked comes back as an answer that says so (<see cref="RestAnswer{T}.Malformed"/>); nothing is
/// thrown but cancellation. Any thread. Venue page: https://docs.kraken.com/api/docs/guides/spot-rest-auth.
/// </remarks>
public sealed class KrakenRest : IDisposable
{
    private readonly RestClient _client;
    private readonly KrakenCredentials? _credentials;
    private readonly TimeProvider _time;
    private readonly NonceSource _nonces;
    private readonly RateBudget _budget;
    private readonly CallGate _gate;
    private readonly long _started;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="root">See <see cref="KrakenEndpoints.Rest"/>.</param>
    /// <param name="credentials"><see langword="null"/> for public methods only.</param>
    /// <param name="seed">Of the jitter between attempts.</param>
    /// <param name="nonces">One source a key, kept over a restart; <see langword="null"/> begins with the clock.</param>
    /// <param name="budget">Of private calls; <see langword="null"/> for that of the lowest tier (<see cref="KrakenTier.Calls"/>).</param>
    public KrakenRest(Uri root, KrakenCredentials? credentials, TimeProvider time, ulong seed, NonceSource? nonces = null, RateBudget? budget = null)
    {
        _client = new RestClient(new RestOptions { BaseAddress = root }, time, seed);
        _credentials = credentials;
        _time = time;
        _nonces = nonces ?? new NonceSource(time);
        _budget = budget ?? KrakenTier.Starter.Calls();
        _gate = new CallGate(time);
        _started = time.GetTimestamp();
    }

    /// <summary>Why the venue is not asked any more; <see langword="null"/> while all is well. Any thread.</summary>
    public VenueHalt? Halt => _gate.Halt;

    /// <summary>How long the venue still wants to be left alone; zero when it does not. Any thread.</summary>
    public TimeSpan Pause => _gate.Wait;

    /// <summary>A person has looked: the venue is asked again.</summary>
    public void Resume() => _gate.Open();

    public Task<RestAnswer<IReadOnlyList<AssetPair>>> AssetPairsAsync(CancellationToken cancellation) =>
        PublicAsync("AssetPairs", MarketAnswers.AssetPairs, cancellation);

    public Task<RestAnswer<IReadOnlyDictionary<string, string>>> AssetsAsync(CancellationToken cancellation) =>
        PublicAsync("Assets", MarketAnswers.Assets, cancellation);

    public Task<RestAnswer<IReadOnlyList<TickerQuote>>> TickerAsync(CancellationToken cancellation) =>
        PublicAsync("Ticker", MarketAnswers.Ticker, cancellation);

    public Task<RestAnswer<SystemStatus>> SystemStatusAsync(CancellationToken cancellation) =>
        PublicAsync("SystemStatus", MarketAnswers.SystemStatus, cancellation);

    /// <summary>Any private method, once.</summary>
    /// <param name="call">What is asked, and what it costs.</param>
    /// <param name="read">Reads the result; may throw <see cref="FormatException"/>.</param>
    internal async Task<RestAnswer<T>> CallAsync<T>(PrivateCall call, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        if (_credentials is null)
        {
            return NotSent<T>($"{call.Method} needs a key, and none was given.");
        }

        if (Halt is { } halt)
        {
            return NotSent<T>($"{call.Method} was not asked: {halt.Reason}: {halt.Text}");
        }

        while (Wait(call) is { } wait && wait > TimeSpan.Zero)
        {
            if (call.IsNowOrNever)
            {
                return NotSent<T>($"{call.Method} was not asked: {VenueHalt.RateLimited} for {wait.TotalSeconds:F1} s.");
            }

            await Task.Delay(wait, _time, cancellation);
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            var answer = await SignedAsync(_credentials, call, read, cancellation);
            if (!IsNonceRefused(answer))
            {
                return answer;
            }

            var again = await SignedAsync(_credentials, call, read, cancellation);
            if (IsNonceRefused(again))
            {
                _gate.Close(new VenueHalt(VenueHalt.Nonce, "The venue has seen a higher nonce of this key twice: another process uses it. Give each process a key of its own."));
            }

            return again;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _turn.Dispose();
    }

    private static RestAnswer<T> NotSent<T>(string why)
        where T : class =>
        new() { Malformed = why, IsNotSent = true, IsTurnedAway = true };

    private static bool IsNonceRefused<T>(RestAnswer<T> answer)
        where T : class =>
        answer.Errors is [var error, ..] && ErrorCodes.Classify(error) == ErrorClass.Nonce;

    /// <summary>Takes the call's cost where nothing has to be waited for.</summary>
    private TimeSpan? Wait(PrivateCall call) =>
        _gate.Wait is var pause && pause > TimeSpan.Zero ? pause : _budget.TryTake(call.Cost, call.IsUrgent, _time.GetElapsedTime(_started));

    private async Task<RestAnswer<T>> PublicAsync<T>(string method, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        if (Halt is { Reason: VenueHalt.Banned } halt)
        {
            return NotSent<T>($"{method} was not asked: {halt.Reason}: {halt.Text}");
        }

        var reply = await _client.GetAsync($"/0/public/{method}", cancellation);
        var answer = RestAnswer.Read(reply, read);
        _gate.Note(reply, []);
        return answer;
    }

    private async Task<RestAnswer<T>> SignedAsync<T>(KrakenCredentials credentials, PrivateCall call, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        string nonce;
        try
        {
            nonce = _nonces.Next().ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException wrong)
        {
            return NotSent<T>($"{call.Method} was not asked, as its nonce could not be stored: {wrong.Message}");
        }

        var path = $"/0/private/{call.Method}";
        var body = Encoding.UTF8.GetBytes(call.Body(nonce));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.Add("Content-Type", call.ContentType);
        request.Headers.Add("API-Key", credentials.Key);
        request.Headers.Add("API-Sign", Signing.ApiSign(credentials.Secret, path, nonce, body));
        var reply = await _client.SendOnceAsync(request, cancellation);
        var answer = RestAnswer.Read(reply, read);
        if (_gate.Note(reply, call.IsOptional ? [] : answer.Errors))
        {
            // The venue's counter is full, whatever ours says.
            _budget.RaiseTo(decimal.MaxValue, _time.GetElapsedTime(_started));
        }

        return answer;
    }
}
