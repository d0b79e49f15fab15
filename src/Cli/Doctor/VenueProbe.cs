using System.Net.Sockets;
using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Kraken.Feed.Messages;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Cli.Doctor;

/// <summary>Two public questions to the venue, asked once: several checks need the answers.</summary>
/// <remarks>https://docs.kraken.com/api/docs/rest-api/get-server-time and /get-system-status, checked 2026-11.</remarks>
/// <param name="endpoint">Null for the venue's own.</param>
public sealed class VenueProbe(Uri? endpoint, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = endpoint is not { IsLoopback: true }, AllowAutoRedirect = false })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = 1 << 20,
    };

    private Task<VenueReply>? _reply;

    public Uri Address { get; } = endpoint ?? KrakenEndpoints.Live.Rest;

    /// <summary>Whether somebody said where the venue is.</summary>
    public bool IsNamed => endpoint is not null;

    public Task<VenueReply> AskAsync(CancellationToken cancellation) => _reply ??= AskOnceAsync(cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<VenueReply> AskOnceAsync(CancellationToken cancellation)
    {
        try
        {
            // The first request opens the connection; its time would count as the round trip's.
            var status = await GetAsync("/0/public/SystemStatus", MarketAnswers.SystemStatus, cancellation);
            var sent = UtcNanos.From(time.GetUtcNow());
            var clock = await GetAsync("/0/public/Time", MarketAnswers.Time, cancellation);
            var received = UtcNanos.From(time.GetUtcNow());
            return clock.Result is { } now && status.Result is { } market
                ? new VenueReply(null, market.Status, now.Time, sent, received)
                : VenueReply.Silent(clock.Malformed ?? status.Malformed ?? string.Join(", ", [.. clock.Errors, .. status.Errors]));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return VenueReply.Silent($"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException wrong)
        {
            return VenueReply.Silent(wrong.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "nothing listens there" : wrong.Message);
        }
    }

    private async Task<RestAnswer<T>> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class =>
        RestAnswer.Read(await _http.GetByteArrayAsync(new Uri(Address, path), cancellation), read);
}

/// <param name="Trouble">Why there is no answer; null when there is one, and only then the rest means anything.</param>
/// <param name="Time">The venue's clock, in whole seconds: it is up to one second later.</param>
/// <param name="Sent">Ours, before the question for it.</param>
/// <param name="Received">Ours, after the answer.</param>
public sealed record VenueReply(string? Trouble, MarketStatus Status, UtcNanos Time, UtcNanos Sent, UtcNanos Received)
{
    /// <summary>How far our clock is surely off, nanoseconds: positive when ours is ahead. Zero when rounding and round trip explain the difference.</summary>
    public long SurelyAhead
    {
        get
        {
            // The venue read its clock between sent and received, and cut off less than a second.
            var ahead = Sent.Value - (Time.Value + UtcNanos.PerSecond);
            var behind = Time.Value - Received.Value;
            return ahead > 0 ? ahead : behind > 0 ? -behind : 0;
        }
    }

    public static VenueReply Silent(string trouble) => new(trouble, MarketStatus.Unknown, default, default, default);
}
