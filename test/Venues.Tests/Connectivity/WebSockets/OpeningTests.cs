using System.Net;
using System.Net.Sockets;
using System.Text;
using Parallax.Venues.Connectivity.WebSockets;

namespace Parallax.Venues.Tests.Connectivity.WebSockets;

/// <summary>Everything that can go wrong before the first frame, each with a sentence that names the server.</summary>
public sealed class OpeningTests
{
    [Fact]
    public void The_proof_of_the_standards_example_is_ours() =>
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Upgrade.Accept("dGhlIHNhbXBsZSBub25jZQ=="));

    public static TheoryData<string, string> WrongAnswers => new()
    {
        { "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {0}\r\n\r\n", "without 'Upgrade: websocket'" },
        { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {0}\r\n\r\n", "without 'Connection: Upgrade'" },
        { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "Sec-WebSocket-Accept" },
        { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {0}x\r\n\r\n", "Sec-WebSocket-Accept" },
        { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {0}\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n", "extension" },
        { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {0}\r\nSec-WebSocket-Protocol: soap\r\n\r\n", "subprotocol" },
        { "SSH-2.0-OpenSSH_9.2\r\n\r\n", "does not speak HTTP" },
        { "HTTP/1.1 10\r\n\r\n", "does not speak HTTP" },
        { "", "ended the connection" },
        { "HTTP/1.1 101 Switching", "ended the connection" },
    };

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public void An_answer_that_proves_nothing_is_refused(string answer, string expected)
    {
        using var peer = new LoopbackPeer((_, _) => Task.CompletedTask, answer: key => Encoding.ASCII.GetBytes(answer.Replace("{0}", LoopbackPeer.Accept(key), StringComparison.Ordinal)));
        var failure = Failure(peer.Endpoint);
        Assert.Contains(expected, failure.Message);
        Assert.Contains(peer.Endpoint.Authority, failure.Message);
        Assert.Null(failure.Status);
    }

    [Fact]
    public void A_refusal_by_status_is_reported_with_it()
    {
        using var peer = new LoopbackPeer((_, _) => Task.CompletedTask, answer: _ => "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        var failure = Failure(peer.Endpoint);
        Assert.Equal(HttpStatusCode.TooManyRequests, failure.Status);
        Assert.Contains("429 Too Many Requests", failure.Message);
    }

    [Fact]
    public void Endless_headers_are_cut_off()
    {
        using var peer = new LoopbackPeer((_, _) => Task.CompletedTask, answer: _ => Encoding.ASCII.GetBytes("HTTP/1.1 101 X\r\nX: " + new string('x', 100_000)));
        Assert.Contains("16384 bytes", Failure(peer.Endpoint).Message);
    }

    [Fact]
    public void A_port_where_nobody_listens_is_named()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = new Uri($"ws://{listener.LocalEndpoint}/");
        listener.Stop();
        var failure = Failure(endpoint);
        Assert.Contains(endpoint.Authority, failure.Message);
        Assert.Contains("refused", failure.Message);
    }

    [Fact]
    public void A_server_that_never_answers_ends_in_the_time_given()
    {
        using var peer = new LoopbackPeer(async (_, stop) => await Task.Delay(Timeout.Infinite, stop), answer: _ => []);
        var failure = Failure(peer.Endpoint, TimeSpan.FromMilliseconds(150));
        Assert.Contains("within 0.15 s", failure.Message);
    }

    [Fact]
    public void A_server_that_never_takes_the_connection_ends_in_the_time_given()
    {
        // A queue that is full: the system drops further requests to connect, as a firewall does.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(1);
        var waiting = new List<Socket>();
        try
        {
            for (var i = 0; i < 8; i++)
            {
                waiting.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                _ = waiting[i].ConnectAsync(full.LocalEndPoint!);
            }

            var failure = Failure(new Uri($"ws://{full.LocalEndPoint}/"), TimeSpan.FromMilliseconds(200));
            Assert.Contains("within 0.2 s", failure.Message);
        }
        finally
        {
            waiting.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public void Cancellation_ends_the_wait_for_an_answer()
    {
        using var canceled = new CancellationTokenSource();
        using var peer = new LoopbackPeer(
            async (_, stop) =>
            {
                await canceled.CancelAsync();
                await Task.Delay(Timeout.Infinite, stop);
            },
            answer: _ => []);
        Assert.ThrowsAny<OperationCanceledException>(() => WebSocketConnection.Connect(peer.Endpoint, new WebSocketOptions(), canceled.Token));
    }

    [Fact]
    public void Another_scheme_or_a_header_with_a_line_break_is_our_own_mistake()
    {
        Assert.Throws<ArgumentException>(() => WebSocketConnection.Connect(new Uri("http://127.0.0.1:1/"), new WebSocketOptions(), CancellationToken.None));
        foreach (var header in (KeyValuePair<string, string>[])[new("X", "a\r\nHost: b"), new("X\n", "a"), new("X: y", "a")])
        {
            Assert.Throws<ArgumentException>(() => WebSocketConnection.Connect(new Uri("ws://127.0.0.1:1/"), new WebSocketOptions { Headers = [header] }, CancellationToken.None));
        }
    }

    private static ConnectFailedException Failure(Uri endpoint, TimeSpan? timeout = null) => Assert.Throws<ConnectFailedException>(
        () => WebSocketConnection.Connect(endpoint, new WebSocketOptions { ConnectTimeout = timeout ?? TimeSpan.FromSeconds(20) }, CancellationToken.None));
}
