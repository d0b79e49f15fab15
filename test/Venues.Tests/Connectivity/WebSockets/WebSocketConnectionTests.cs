using System.Net.Sockets;
using System.Text;
using Parallax.Venues.Connectivity.WebSockets;
using static Parallax.Venues.Tests.Connectivity.WebSockets.ServerFrames;

namespace Parallax.Venues.Tests.Connectivity.WebSockets;

/// <summary>Against a real socket on loopback.</summary>
public sealed class WebSocketConnectionTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public void The_upgrade_asks_for_the_path_and_names_us()
    {
        using var peer = new LoopbackPeer((_, _) => Task.CompletedTask);
        using var connection = Open(peer, new WebSocketOptions { UserAgent = "parallax/0.1 (test)", Headers = [new("X-Venue", "a b")] });
        peer.Finish();
        Assert.Equal("GET /v2?depth=10 HTTP/1.1", peer.Request[0]);
        Assert.Equal($"127.0.0.1:{peer.Endpoint.Port}", peer.Header("Host"));
        Assert.Equal("parallax/0.1 (test)", peer.Header("User-Agent"));
        Assert.Equal("a b", peer.Header("X-Venue"));
        Assert.Equal("websocket", peer.Header("Upgrade"));
        Assert.Equal("Upgrade", peer.Header("Connection"));
        Assert.Equal("13", peer.Header("Sec-WebSocket-Version"));
        Assert.Equal(16, Convert.FromBase64String(peer.Header("Sec-WebSocket-Key")).Length);
    }

    [Fact]
    public void Messages_arrive_in_order_and_are_counted()
    {
        byte[] frames = [.. Text("one"), .. Fragments("t", "w", "o"), .. Frame(BinaryFrame, "three"u8.ToArray())];
        using var peer = new LoopbackPeer(async (stream, stop) => await stream.WriteAsync(frames, stop));
        using var connection = Open(peer);
        Assert.Equal("one", Next(connection));
        Assert.Equal("two", Next(connection));
        Assert.Equal("three", Next(connection));
        Assert.Equal(3, connection.MessagesReceived);
        Assert.Equal(frames.Length, connection.BytesReceived);
    }

    [Fact]
    public void Frames_that_come_with_the_answer_to_the_upgrade_are_not_lost()
    {
        using var peer = new LoopbackPeer((_, _) => Task.CompletedTask, answer: key => [.. LoopbackPeer.Upgraded(key), .. Text("early"), 0x81]);
        using var connection = Open(peer);
        Assert.True(connection.HasBuffered);
        Assert.Equal("early", Next(connection));
        Assert.False(connection.HasBuffered);
        Assert.Equal(8, connection.BytesReceived);
    }

    [Fact]
    public void A_message_is_the_same_wherever_the_network_cuts_it()
    {
        byte[] frames = [.. Text("whole"), .. Fragments("in ", "two"), .. Text(new string('x', 300))];
        using var peer = new LoopbackPeer(async (stream, stop) =>
        {
            // Each piece is a segment of its own: the client answers each stream before the next is cut elsewhere.
            for (var at = 1; at < frames.Length; at++)
            {
                await stream.WriteAsync(frames.AsMemory(0, at), stop);
                await stream.WriteAsync(frames.AsMemory(at), stop);
                Assert.Equal("next", (await LoopbackPeer.ReadFrameAsync(stream, stop))?.Text);
            }
        });
        using var connection = Open(peer);
        for (var at = 1; at < frames.Length; at++)
        {
            Assert.Equal("whole", Next(connection));
            Assert.Equal("in two", Next(connection));
            Assert.Equal(new string('x', 300), Next(connection));
            Assert.True(connection.Send("next"u8));
        }

        peer.Finish();
    }

    [Fact]
    public void Pings_are_answered_with_their_own_payload_and_pongs_are_swallowed()
    {
        using var peer = new LoopbackPeer(async (stream, stop) =>
        {
            await stream.WriteAsync((byte[])[.. Ping("first"), .. Pong("nobody asked"), .. Frame(TextFrame, "a"u8.ToArray(), isFinal: false), .. Ping(""), .. Frame(Continuation, "b"u8.ToArray())], stop);
            foreach (var expected in (string[])["first", ""])
            {
                var pong = await LoopbackPeer.ReadFrameAsync(stream, stop);
                Assert.Equal(0x8A, pong!.First);
                Assert.True(pong.IsMasked);
                Assert.Equal(expected, pong.Text);
            }
        });
        using var connection = Open(peer);
        Assert.Equal("ab", Next(connection));
        peer.Finish();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(1_000_001)]
    public void A_sent_text_arrives_as_one_masked_frame(int bytes)
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, bytes).Select(i => (char)('a' + (i % 23)))));
        ClientFrame? first = null, second = null;
        using var peer = new LoopbackPeer(async (stream, stop) =>
        {
            first = await LoopbackPeer.ReadFrameAsync(stream, stop);
            second = await LoopbackPeer.ReadFrameAsync(stream, stop);
        });
        using var connection = Open(peer);
        Assert.True(connection.Send(text));
        Assert.True(connection.Send(text));
        peer.Finish();
        Assert.Equal(0x81, first!.First);
        Assert.True(first.IsMasked && second!.IsMasked);
        Assert.Equal(text, first.Payload);
        Assert.Equal(text, second!.Payload);
        Assert.NotEqual(first.Key, second.Key);
    }

    [Fact]
    public void Many_threads_may_send_and_no_frame_is_torn()
    {
        const int Threads = 4, Each = 500;
        var received = new List<string>();
        using var peer = new LoopbackPeer(async (stream, stop) =>
        {
            for (var i = 0; i < Threads * Each; i++)
            {
                received.Add((await LoopbackPeer.ReadFrameAsync(stream, stop))!.Text);
            }
        });
        using var connection = Open(peer);
        Parallel.For(0, Threads, thread =>
        {
            for (var i = 0; i < Each; i++)
            {
                connection.Send(Encoding.ASCII.GetBytes($"{thread}:{i}:{new string('x', i)}"));
            }
        });
        peer.Finish();
        for (var thread = 0; thread < Threads; thread++)
        {
            Assert.Equal(
                Enumerable.Range(0, Each).Select(i => $"{thread}:{i}:{new string('x', i)}"),
                received.Where(text => text.StartsWith($"{thread}:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Silence_is_a_timeout_and_the_connection_goes_on()
    {
        using var released = new SemaphoreSlim(0);
        using var peer = new LoopbackPeer(async (stream, stop) =>
        {
            await stream.WriteAsync(Text("late").AsMemory(0, 3), stop);
            await released.WaitAsync(stop);
            await stream.WriteAsync(Text("late").AsMemory(3), stop);
        });
        using var connection = Open(peer);
        Assert.Equal(ReceiveStatus.Timeout, connection.Receive(TimeSpan.Zero, out _).Status);
        Assert.Equal(ReceiveStatus.Timeout, connection.Receive(TimeSpan.FromMilliseconds(20), out var nothing).Status);
        Assert.True(nothing.IsEmpty);
        released.Release();
        Assert.Equal("late", Next(connection));
    }

    [Fact]
    public void Pings_alone_do_not_hold_a_timeout_off()
    {
        using var peer = new LoopbackPeer(async (stream, stop) =>
        {
            while (await LoopbackPeer.ReadFrameAsync(stream, stop) is { First: not 0x88 } or null)
            {
                await stream.WriteAsync(Ping("again"), stop);
            }
        });
        using var connection = Open(peer);
        Assert.True(connection.Send("go"u8));
        Assert.Equal(ReceiveStatus.Timeout, connection.Receive(TimeSpan.FromMilliseconds(50), out _).Status);
    }

    [Fact]
    public void The_servers_close_frame_is_answered_and_reported()
    {
        using var peer = new LoopbackPeer(async (stream, stop) =>
        {
            await stream.WriteAsync((byte[])[.. Text("last"), .. Close(1012, "maintenance")], stop);
            var answer = await LoopbackPeer.ReadFrameAsync(stream, stop);
            Assert.Equal(0x88, answer!.First);
            Assert.Equal([0x03, 0xF4], answer.Payload);
            Assert.Null(await LoopbackPeer.ReadFrameAsync(stream, stop));
        });
        using var connection = Open(peer);
        Assert.Equal("last", Next(connection));
        var closed = connection.Receive(Deadline, out _);
        Assert.Equal(new ReceiveResult(ReceiveStatus.Closed, 1012, "maintenance"), closed);
        Assert.Equal(closed, connection.Receive(Deadline, out _));
        Assert.False(connection.Send("too late"u8));
        peer.Finish();
    }

    [Fact]
    public void A_close_frame_without_a_code_is_reported_as_none()
    {
        using var peer = new LoopbackPeer(async (stream, stop) => await stream.WriteAsync(Frame(CloseFrame, []), stop));
        using var connection = Open(peer);
        Assert.Equal(1005, connection.Receive(Deadline, out _).Code);
    }

    [Fact]
    public void Our_close_frame_lets_messages_on_their_way_arrive()
    {
        using var peer = new LoopbackPeer(async (stream, stop) =>
        {
            var asked = await LoopbackPeer.ReadFrameAsync(stream, stop);
            Assert.Equal(0x88, asked!.First);
            Assert.Equal("\u0003\u00e8" + "end of day", Encoding.Latin1.GetString(asked.Payload));
            await stream.WriteAsync((byte[])[.. Text("still"), .. Close(1000, "")], stop);
            // No second close frame, and nothing that was sent after the first.
            Assert.Null(await LoopbackPeer.ReadFrameAsync(stream, stop));
        });
        using var connection = Open(peer);
        connection.Close(1000, "end of day");
        connection.Close(1000, "twice");
        Assert.False(connection.Send("after the close"u8));
        Assert.Equal("still", Next(connection));
        Assert.Equal(new ReceiveResult(ReceiveStatus.Closed, 1000, ""), connection.Receive(Deadline, out _));
        peer.Finish();
    }

    [Fact]
    public void A_reason_that_is_too_long_is_cut_between_characters()
    {
        using var peer = new LoopbackPeer(async (stream, stop) =>
        {
            var asked = await LoopbackPeer.ReadFrameAsync(stream, stop);
            Assert.Equal("xx" + new string('é', 60), Encoding.UTF8.GetString(asked!.Payload.AsSpan(2)));
        });
        using var connection = Open(peer);
        connection.Close(4000, "xx" + new string('é', 100));
        peer.Finish();
    }

    [Theory]
    [MemberData(nameof(FrameReaderTests.Broken), MemberType = typeof(FrameReaderTests))]
    public void A_server_that_breaks_the_protocol_is_told_so_and_left(string what, byte[] frames, ushort code)
    {
        using var peer = new LoopbackPeer(async (stream, stop) =>
        {
            await stream.WriteAsync(frames, stop);
            var told = await LoopbackPeer.ReadFrameAsync(stream, stop);
            Assert.Equal(0x88, told!.First);
            Assert.Equal(code, (told.Payload[0] << 8) | told.Payload[1]);
            Assert.Null(await LoopbackPeer.ReadFrameAsync(stream, stop));
        });
        using var connection = Open(peer, new WebSocketOptions { MessageBytesMax = 200_000 });
        var closed = connection.Receive(Deadline, out _);
        Assert.True(closed.Status == ReceiveStatus.Closed && closed.Code == code, what);
        peer.Finish();
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(2999)]
    [InlineData(5000)]
    public void A_close_frame_with_a_code_that_may_not_be_sent_breaks_the_protocol(int code)
    {
        using var peer = new LoopbackPeer(async (stream, stop) => await stream.WriteAsync(Close((ushort)code, ""), stop));
        using var connection = Open(peer);
        Assert.Equal(1002, connection.Receive(Deadline, out _).Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => connection.Close((ushort)code, ""));
    }

    [Theory]
    [InlineData(0, "without a close frame")]
    [InlineData(3, "in the middle of a message")]
    public void A_stream_that_ends_early_is_closed_abnormally(int bytes, string reason)
    {
        using var peer = new LoopbackPeer(async (stream, stop) => await stream.WriteAsync(Text("cut short").AsMemory(0, bytes), stop));
        using var connection = Open(peer);
        var closed = connection.Receive(Deadline, out _);
        Assert.Equal((ReceiveStatus.Closed, (ushort)1006), (closed.Status, closed.Code));
        Assert.Contains(reason, closed.Reason);
    }

    [Fact]
    public void A_reset_is_closed_abnormally()
    {
        LoopbackPeer? reset = null;
        using var peer = reset = new LoopbackPeer(async (stream, stop) =>
        {
            await LoopbackPeer.ReadFrameAsync(stream, stop);
            reset!.Socket!.LingerState = new LingerOption(true, 0);
            reset.Socket.Close();
        });
        using var connection = Open(peer);
        connection.Send("go"u8);
        var closed = connection.Receive(Deadline, out _);
        Assert.Equal((ReceiveStatus.Closed, (ushort)1006), (closed.Status, closed.Code));
        Assert.Contains("broke", closed.Reason);
        Assert.False(connection.Send("more"u8));
    }

    [Fact]
    public async Task Disposing_on_another_thread_ends_a_receive()
    {
        using var peer = new LoopbackPeer(async (stream, stop) => await LoopbackPeer.ReadFrameAsync(stream, stop));
        var connection = Open(peer);
        var waiting = Task.Run(() => connection.Receive(Timeout.InfiniteTimeSpan, out _));
        // Not proof that it blocks already; either order has to end the same.
        await Task.WhenAny(waiting, Task.Delay(20));
        connection.Dispose();
        var closed = await waiting.WaitAsync(Deadline);
        Assert.Equal((ReceiveStatus.Closed, (ushort)1006), (closed.Status, closed.Code));
        Assert.Contains("this side", closed.Reason);
        Assert.Equal(closed, connection.Receive(Deadline, out _));
        Assert.False(connection.Send("x"u8));
        connection.Dispose();
    }

    [Fact]
    public void A_peer_that_takes_nothing_ends_a_send_in_time()
    {
        using var peer = new LoopbackPeer(async (_, stop) => await Task.Delay(Timeout.Infinite, stop));
        using var connection = Open(peer, new WebSocketOptions { SendTimeout = TimeSpan.FromMilliseconds(50) });
        var megabyte = new byte[1 << 20];
        var sent = 0;
        while (connection.Send(megabyte) && sent < 1_000)
        {
            sent++;
        }

        Assert.InRange(sent, 0, 999);
        Assert.Equal(ReceiveStatus.Closed, connection.Receive(Deadline, out _).Status);
    }

    private static WebSocketConnection Open(LoopbackPeer peer, WebSocketOptions? options = null) =>
        WebSocketConnection.Connect(peer.Endpoint, options ?? new WebSocketOptions(), CancellationToken.None);

    private static string Next(WebSocketConnection connection)
    {
        var result = connection.Receive(Deadline, out var message);
        Assert.True(result.Status == ReceiveStatus.Message, $"{result.Status} {result.Code} {result.Reason}");
        return Encoding.UTF8.GetString(message);
    }
}
