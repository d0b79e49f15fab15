using System.Net;
using Parallax.Domain;
using Polly;
using Polly.Retry;

namespace Parallax.Venues.Connectivity.Rest;

/// <summary>Asks one venue's REST interface, and says what became of each request.</summary>
/// <remarks>
/// Only <see cref="GetAsync"/> asks again; what may have changed something at the venue is for the caller to find out about. Redirects
/// are not followed (a signature belongs to one address), cookies not kept, proxies of the environment not used (the WebSocket would not
/// take them either). Any thread.
/// </remarks>
public sealed class RestClient : IDisposable
{
    private readonly RestOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<RestReply> _retry;

    /// <param name="seed">Of the jitter between attempts.</param>
    public RestClient(RestOptions options, TimeProvider clock, ulong seed)
    {
        (_options, _clock) = (options, clock);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.Timeout,
            // Long enough to save handshakes, short enough to notice that a name has moved.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = options.AnswerBytesMax };
        _retry = Retry(options, clock, new Jitter(seed));
    }

    /// <summary>Asks, and asks again while the venue cannot be reached, is silent, overloaded (429) or failing (408, 500 and above).</summary>
    /// <param name="path">With query: <c>/0/public/AssetPairs?pair=XBTUSD</c>.</param>
    /// <returns>The last attempt's end.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for.</exception>
    public async Task<RestReply> GetAsync(string path, CancellationToken cancellation)
    {
        var attempts = 0;
        var reply = await _retry.ExecuteAsync(
            async token =>
            {
                attempts++;
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                return await SendOnceAsync(request, token);
            },
            cancellation);
        return reply with { Attempts = attempts };
    }

    /// <summary>Sends a request exactly once, whatever comes of it.</summary>
    /// <param name="request">Its address may be relative.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for; the venue may have carried the request out all the same.</exception>
    public async Task<RestReply> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.RequestUri = new Uri(_options.BaseAddress, request.RequestUri!);
        request.Headers.UserAgent.Clear();
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        if (request.Method != HttpMethod.Get)
        {
            // The handler itself repeats a request without content when a kept connection ends under it; never one with content.
            request.Content ??= new ByteArrayContent([]);
        }

        using var limit = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var sent = UtcNanos.From(_clock.GetUtcNow());
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return new RestReply
            {
                Outcome = RestOutcome.Answered,
                Status = answer.StatusCode,
                Body = await answer.Content.ReadAsByteArrayAsync(either.Token),
                RetryAfter = RetryAfter(answer, _clock),
                Sent = sent,
                Received = UtcNanos.From(_clock.GetUtcNow()),
            };
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return Failed(RestOutcome.Unknown, $"no whole answer within {_options.Timeout.TotalSeconds} s");
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return Failed(RestOutcome.Unknown, $"the answer is longer than {_options.AnswerBytesMax} bytes");
        }
        catch (HttpRequestException failure)
        {
            var isNotSent = failure.HttpRequestError
                is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
            return Failed(isNotSent ? RestOutcome.NotSent : RestOutcome.Unknown, failure.Message);
        }

        RestReply Failed(RestOutcome outcome, string why) => new()
        {
            Outcome = outcome,
            Trouble = $"{request.Method} {request.RequestUri!.Authority}{request.RequestUri.AbsolutePath}: {why}{(why.EndsWith('.') ? "" : ".")}",
            Sent = sent,
            Received = UtcNanos.From(_clock.GetUtcNow()),
        };
    }

    public void Dispose() => _http.Dispose();

    private static ResiliencePipeline<RestReply> Retry(RestOptions options, TimeProvider clock, Jitter jitter)
    {
        if (options.Attempts <= 1)
        {
            return ResiliencePipeline<RestReply>.Empty;
        }

        return new ResiliencePipelineBuilder<RestReply> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<RestReply>
            {
                ShouldHandle = new PredicateBuilder<RestReply>().HandleResult(reply => IsWorthAnother(reply, options.RetryDelayMax)),
                MaxRetryAttempts = options.Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = jitter.Next,
                Delay = options.RetryDelay,
                MaxDelay = options.RetryDelayMax,
                // Null leaves the delay to the backoff.
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
            })
            .Build();
    }

    /// <summary>A venue that wants to be left alone for long is; asking earlier would lengthen the ban.</summary>
    private static bool IsWorthAnother(RestReply reply, TimeSpan waitMax) =>
        !(reply.RetryAfter > waitMax)
        && reply.Status is null or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    private static TimeSpan? RetryAfter(HttpResponseMessage answer, TimeProvider clock)
    {
        var wait = answer.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - clock.GetUtcNow() : null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
