using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Parallax.Domain;
using Parallax.Venues.Connectivity.Rest;
using static Parallax.Venues.Tests.Connectivity.Rest.HttpPeer;

namespace Parallax.Venues.Tests.Connectivity.Rest;

/// <summary>Against a real server on loopback.</summary>
public sealed class RestClientTests
{
    [Fact]
    public async Task An_answer_is_handed_over_as_it_came()
    {
        using var peer = new HttpPeer(_ => Answer(200, """{"error":[]}"""));
        using var client = Client(peer);
        var reply = await client.GetAsync("/0/public/AssetPairs?pair=XBTUSD", CancellationToken.None);
        Assert.True(reply.IsSuccess);
        Assert.Equal((RestOutcome.Answered, (HttpStatusCode?)HttpStatusCode.OK, 1), (reply.Outcome, reply.Status, reply.Attempts));
        Assert.Equal("""{"error":[]}""", Encoding.UTF8.GetString(reply.Body.Span));
        Assert.True(reply.Received >= reply.Sent && reply.Sent > UtcNanos.From(DateTimeOffset.UnixEpoch));
        var request = Assert.Single(peer.Requests);
        Assert.StartsWith("GET /0/public/AssetPairs?pair=XBTUSD HTTP/1.1\r\n", request);
        Assert.Contains("User-Agent: parallax/0.1 (test)\r\n", request);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task A_question_is_asked_again_while_the_venue_is_in_trouble(int status)
    {
        using var peer = new HttpPeer(number => number < 2 ? Answer(status) : Answer(200, "ok"));
        using var client = Client(peer);
        var reply = await client.GetAsync("/a", CancellationToken.None);
        Assert.True(reply.IsSuccess);
        Assert.Equal(3, reply.Attempts);
        Assert.Equal(3, peer.Requests.Length);
    }

    [Fact]
    public async Task A_question_is_asked_again_when_the_venue_hangs_up_or_is_silent()
    {
        using var peer = new HttpPeer(number => number switch { 0 => HangUp, 1 => null, 2 => "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ncu"u8.ToArray(), _ => Answer(200, "ok") });
        using var client = Client(peer, options => options with { Timeout = TimeSpan.FromMilliseconds(300) });
        var reply = await client.GetAsync("/a", CancellationToken.None);
        Assert.True(reply.IsSuccess, reply.Trouble);
        Assert.Equal("ok", Encoding.UTF8.GetString(reply.Body.Span));
    }

    [Fact]
    public async Task After_the_last_attempt_the_last_end_is_reported()
    {
        using var peer = new HttpPeer(_ => Answer(502, "bad gateway"));
        using var client = Client(peer);
        var reply = await client.GetAsync("/a", CancellationToken.None);
        Assert.Equal((HttpStatusCode?)HttpStatusCode.BadGateway, reply.Status);
        Assert.Equal((4, 4), (reply.Attempts, peer.Requests.Length));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task An_answer_that_would_be_the_same_again_is_final(int status)
    {
        using var peer = new HttpPeer(_ => Answer(status, headers: "Location: /b\r\n"));
        using var client = Client(peer);
        Assert.Equal((HttpStatusCode?)status, (await client.GetAsync("/a", CancellationToken.None)).Status);
        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task A_venue_that_wants_to_be_left_alone_for_long_is()
    {
        using var peer = new HttpPeer(_ => Answer(429, headers: "Retry-After: 600\r\n"));
        using var client = Client(peer);
        var reply = await client.GetAsync("/a", CancellationToken.None);
        Assert.Equal((TimeSpan.FromMinutes(10), 1), (reply.RetryAfter!.Value, reply.Attempts));
        Assert.Single(peer.Requests);
    }

    public static TheoryData<string, byte[]?, RestOutcome> Ends => new()
    {
        { "hangs up", HangUp, RestOutcome.Unknown },
        { "is silent", null, RestOutcome.Unknown },
        { "answers in part", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nac"u8.ToArray(), RestOutcome.Unknown },
        { "talks nonsense", "good morning\r\n\r\n"u8.ToArray(), RestOutcome.Unknown },
        { "is overloaded", Answer(503), RestOutcome.Answered },
        { "is throttling", Answer(429), RestOutcome.Answered },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task An_order_is_sent_once_whatever_comes_of_it(string what, byte[]? answer, RestOutcome expected)
    {
        foreach (var hasContent in (bool[])[true, false])
        {
            // The first request leaves a kept connection behind: the handler must not repeat the second one on a new one.
            using var peer = new HttpPeer(number => number == 0 ? Answer(200) : answer);
            using var client = Client(peer, options => options with { Timeout = TimeSpan.FromMilliseconds(300) });
            await client.GetAsync("/first", CancellationToken.None);
            using var order = new HttpRequestMessage(HttpMethod.Post, "/0/private/AddOrder?token=secret") { Content = hasContent ? new StringContent("nonce=1&pair=XBTUSD") : null };
            var reply = await client.SendOnceAsync(order, CancellationToken.None);
            Assert.True(reply.Outcome == expected, $"A venue that {what}: {reply.Outcome}.");
            Assert.Equal(2, peer.Requests.Length);
            if (expected != RestOutcome.Answered)
            {
                Assert.StartsWith($"POST {peer.Address.Authority}/0/private/AddOrder: ", reply.Trouble);
                Assert.DoesNotContain("secret", reply.Trouble);
            }
        }
    }

    [Fact]
    public async Task A_request_without_a_connection_was_never_sent()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/");
        listener.Stop();
        using var client = new RestClient(Options(address), TimeProvider.System, seed: 1);
        using var order = new HttpRequestMessage(HttpMethod.Post, "/a");
        var reply = await client.SendOnceAsync(order, CancellationToken.None);
        Assert.Equal(RestOutcome.NotSent, reply.Outcome);
        Assert.Null(reply.Status);
        var question = await client.GetAsync("/a", CancellationToken.None);
        Assert.Equal((RestOutcome.NotSent, 4), (question.Outcome, question.Attempts));
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_not_read_packed_or_not()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[1_000_000]);
        }

        byte[] bomb = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), .. packed.ToArray()];
        using var peer = new HttpPeer(number => number == 0 ? Answer(200, new string('x', 100_001)) : bomb);
        using var client = Client(peer, options => options with { AnswerBytesMax = 100_000 });
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/a");
            var reply = await client.SendOnceAsync(request, CancellationToken.None);
            Assert.Equal(RestOutcome.Unknown, reply.Outcome);
            Assert.Contains("100000 bytes", reply.Trouble);
        }
    }

    [Fact]
    public async Task Packed_answers_are_unpacked()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write("""{"result":{}}"""u8);
        }

        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), .. packed.ToArray()];
        using var peer = new HttpPeer(_ => answer);
        using var client = Client(peer);
        Assert.Equal("""{"result":{}}""", Encoding.UTF8.GetString((await client.GetAsync("/a", CancellationToken.None)).Body.Span));
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_and_the_asking()
    {
        using var canceled = new CancellationTokenSource();
        using var peer = new HttpPeer(_ =>
        {
            canceled.Cancel();
            return null;
        });
        using var client = Client(peer);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync("/a", canceled.Token));
        Assert.Single(peer.Requests);
    }

    private static RestClient Client(HttpPeer peer, Func<RestOptions, RestOptions>? with = null) =>
        new((with ?? (options => options))(Options(peer.Address)), TimeProvider.System, seed: 1);

    private static RestOptions Options(Uri address) => new()
    {
        BaseAddress = address,
        UserAgent = "parallax/0.1 (test)",
        RetryDelay = TimeSpan.FromMilliseconds(1),
        RetryDelayMax = TimeSpan.FromMilliseconds(5),
        Timeout = TimeSpan.FromSeconds(15),
    };
}
