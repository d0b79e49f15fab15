using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Parallax.Dashboard.Alerts.Channels;

/// <summary>Calls a messenger's web address. The address is a secret: no exception that leaves this names more of it than the host.</summary>
/// <remarks>Redirects are not followed, answers are bounded, and everything ends within a time: connecting, waiting, reading.</remarks>
internal sealed class WebCaller : IDisposable
{
    private const int AnswerMax = 256 << 10;
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;

    /// <param name="patience">For one call as a whole.</param>
    public WebCaller(TimeSpan patience) => _http = new HttpClient(
        new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectMax, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = patience,
        MaxResponseContentBufferSize = AnswerMax,
    };

    /// <returns>The answer, whatever its status; its body has been read.</returns>
    /// <exception cref="ChannelException">There was none.</exception>
    public async Task<HttpResponseMessage> PostAsync<T>(Uri address, T body, CancellationToken cancellation)
    {
        // With its length, which not every service does without.
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            return await _http.PostAsync(address, content, cancellation);
        }
        catch (HttpRequestException wrong)
        {
            throw new ChannelException($"{address.Host} was not reached: {Words(wrong.HttpRequestError)}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ChannelException($"{address.Host} did not answer in time.");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>What a refusal's status means.</summary>
    public static ChannelException Refused(Uri address, HttpStatusCode status, TimeSpan? retryAfter) =>
        new($"{address.Host} refused the message ({(int)status} {status}).", retryAfter);

    private static string Words(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "its name is not known",
        HttpRequestError.SecureConnectionError => "no secure connection",
        HttpRequestError.ConnectionError => "no connection",
        _ => "the connection broke",
    };
}
