using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Parallax.Domain;

namespace Parallax.Cli.Operating;

/// <summary>What a running session answered, or why there is no answer.</summary>
/// <param name="Status">Null when nothing answered.</param>
/// <param name="Text">The answer's body; without an answer, why there is none.</param>
internal readonly record struct SessionAnswer(HttpStatusCode? Status, string Text)
{
    public bool IsAnswered => Status is not null;

    public bool IsDone => Status is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous;

    /// <summary>What the answer says to people; for an answer in another form its status.</summary>
    public string Sentence
    {
        get
        {
            if (!IsAnswered)
            {
                return Text;
            }

            try
            {
                using var json = JsonDocument.Parse(Text);
                foreach (var name in new[] { "sentence", "detail" })
                {
                    if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                    {
                        return value.GetString()!;
                    }
                }
            }
            catch (JsonException)
            {
                // Some other server's page.
            }

            return $"the answer was {(int)Status!} {Status}";
        }
    }
}

/// <summary>Asks a running session over HTTP. Nothing it is answered, and nothing that fails, is an exception.</summary>
internal sealed class SessionClient : IDisposable
{
    /// <summary>A session on this machine answers in milliseconds. A stop must not wait long for one that does not.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const int AnswerSizeMax = 4 << 20;

    private readonly HttpClient _http;

    /// <param name="token">Sent with every request; null without one.</param>
    public SessionClient(Uri address, string? token, TimeSpan? patience = null)
    {
        Address = address;

        // Neither a proxy nor another address ever sees the token.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = address,
            Timeout = patience ?? Patience,
            MaxResponseContentBufferSize = AnswerSizeMax,
        };
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    public Uri Address { get; }

    public Task<SessionAnswer> StatusAsync(CancellationToken cancellation) => GetAsync("status", cancellation);

    /// <param name="path">Below <c>/api/v1/</c>.</param>
    public Task<SessionAnswer> GetAsync(string path, CancellationToken cancellation) =>
        AskAsync(() => new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}"), cancellation);

    /// <param name="command"><c>kill</c>, <c>resume</c>, <c>breakers/trip</c>, …</param>
    public Task<SessionAnswer> CommandAsync(string command, string reason, CancellationToken cancellation, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        var body = new Dictionary<string, object?>();
        foreach (var (name, value) in more)
        {
            body.Add(name, value);
        }

        (body["reason"], body["by"]) = (reason, "cli");
        return SendAsync(HttpMethod.Post, $"control/{command}", body, cancellation);
    }

    /// <summary>Asks for a change. The request has a key of its own: should it arrive twice, it has one effect.</summary>
    public Task<SessionAnswer> SendAsync(HttpMethod method, string path, Dictionary<string, object?> body, CancellationToken cancellation) => AskAsync(
        () => new HttpRequestMessage(method, $"/api/v1/{path}")
        {
            Headers = { { "Idempotency-Key", RandomNumberGenerator.GetHexString(32, lowercase: true) } },
            Content = JsonContent.Create(body),
        },
        cancellation);

    /// <summary>What has to be true before the session may be armed.</summary>
    public Task<SessionAnswer> ChecklistAsync(CancellationToken cancellation) => GetAsync("control/checklist", cancellation);

    /// <param name="lossMax">In the reporting currency.</param>
    /// <param name="confirmation">As the operator typed it.</param>
    public Task<SessionAnswer> ArmAsync(TimeSpan duration, decimal lossMax, string confirmation, string reason, CancellationToken cancellation) => CommandAsync(
        "arm", reason, cancellation, ("for_seconds", (int)duration.TotalSeconds), ("loss_max", Decimals.Plain(lossMax)), ("confirmation", confirmation));

    public void Dispose() => _http.Dispose();

    private async Task<SessionAnswer> AskAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using var request = make();
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            return new SessionAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SessionAnswer(null, $"{Address} did not answer within {_http.Timeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException wrong)
        {
            return new SessionAnswer(null, wrong.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
                ? $"nothing listens on {Address}"
                : $"{Address} did not answer: {wrong.Message}");
        }
    }
}
