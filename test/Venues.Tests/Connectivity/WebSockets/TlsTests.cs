using System.Security.Cryptography.X509Certificates;
using System.Text;
using Parallax.Venues.Connectivity.WebSockets;
using static Parallax.Venues.Tests.Connectivity.WebSockets.ServerFrames;

namespace Parallax.Venues.Tests.Connectivity.WebSockets;

public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly X509Certificate2 _certificate = TestCertificate.For("localhost");

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public void A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var peer = new LoopbackPeer((_, _) => Task.CompletedTask, _certificate);
        var failure = Assert.Throws<ConnectFailedException>(() => WebSocketConnection.Connect(peer.Endpoint, new WebSocketOptions(), CancellationToken.None));
        Assert.Contains("certificate", failure.Message);
    }

    [Fact]
    public void A_trusted_certificate_for_another_name_is_refused()
    {
        using var other = TestCertificate.For("elsewhere.example");
        using var peer = new LoopbackPeer((_, _) => Task.CompletedTask, other);
        Assert.Throws<ConnectFailedException>(() => Open(peer, other));
    }

    [Fact]
    public void A_trusted_certificate_opens_and_the_host_is_named_in_the_handshake()
    {
        using var peer = new LoopbackPeer(
            async (stream, stop) =>
            {
                await stream.WriteAsync((byte[])[.. Text("secret"), .. Ping("p")], stop);
                Assert.Equal("question", (await LoopbackPeer.ReadFrameAsync(stream, stop))!.Text);
                Assert.Equal("p", (await LoopbackPeer.ReadFrameAsync(stream, stop))!.Text);
                await stream.WriteAsync(Text("answer"), stop);
            },
            _certificate);
        using var connection = Open(peer, _certificate);
        Assert.Equal("secret", Next(connection));
        Assert.True(connection.Send("question"u8));
        Assert.Equal("answer", Next(connection));
        peer.Finish();
        Assert.Equal("localhost", peer.HostName);
        var closed = connection.Receive(Deadline, out _);
        Assert.Equal((ReceiveStatus.Closed, (ushort)1006), (closed.Status, closed.Code));
    }

    [Fact]
    public void Messages_longer_than_a_record_and_longer_than_the_buffer_stay_whole()
    {
        var texts = Enumerable.Range(1, 40).Select(i => new string((char)('a' + (i % 26)), i * i * 400)).ToArray();
        using var peer = new LoopbackPeer(
            async (stream, stop) =>
            {
                foreach (var text in texts)
                {
                    await stream.WriteAsync(Text(text), stop);
                }
            },
            _certificate);
        using var connection = Open(peer, _certificate);
        foreach (var text in texts)
        {
            Assert.Equal(text, Next(connection));
        }
    }

    [Fact]
    public void What_TLS_has_decrypted_already_is_read_though_the_socket_is_silent()
    {
        // The long message makes the buffer grow to its very length, so the short one stays behind in the stream, and nothing follows.
        byte[] frames = [.. Text(new string('x', 600_000)), .. Text("behind it")];
        using var peer = new LoopbackPeer(
            async (stream, stop) =>
            {
                await stream.WriteAsync(frames, stop);
                await LoopbackPeer.ReadFrameAsync(stream, stop);
            },
            _certificate);
        using var connection = Open(peer, _certificate);
        Assert.Equal(600_000, Next(connection).Length);
        // Well before the peer gives up and its end makes the socket readable.
        Assert.Equal(ReceiveStatus.Message, connection.Receive(TimeSpan.FromSeconds(5), out var behind).Status);
        Assert.Equal("behind it", Encoding.UTF8.GetString(behind));
    }

    [Fact]
    public void Waiting_in_silence_and_inside_a_record_times_out_and_goes_on()
    {
        using var held = new HeldStream();
        using var peer = new LoopbackPeer(
            async (stream, stop) =>
            {
                held.IsHolding = true;
                await stream.WriteAsync(Text("torn"), stop);
                held.IsHolding = false;
                await stream.WriteAsync(Text("next"), stop);
            },
            _certificate,
            wire: held.Over);
        using var connection = Open(peer, _certificate);
        Assert.True(held.HasHalf.Wait(Deadline));
        Assert.Equal(ReceiveStatus.Timeout, connection.Receive(TimeSpan.FromMilliseconds(30), out _).Status);
        Assert.Equal(ReceiveStatus.Timeout, connection.Receive(TimeSpan.Zero, out _).Status);
        held.Rest.Release();
        Assert.Equal("torn", Next(connection));
        Assert.Equal("next", Next(connection));
    }

    [Fact]
    public async Task Disposing_on_another_thread_ends_a_receive()
    {
        using var peer = new LoopbackPeer(async (stream, stop) => await LoopbackPeer.ReadFrameAsync(stream, stop), _certificate);
        var connection = Open(peer, _certificate);
        var waiting = Task.Run(() => connection.Receive(Timeout.InfiniteTimeSpan, out _));
        await Task.WhenAny(waiting, Task.Delay(20));
        connection.Dispose();
        Assert.Equal(ReceiveStatus.Closed, (await waiting.WaitAsync(Deadline)).Status);
        Assert.False(connection.Send("x"u8));
    }

    private static WebSocketConnection Open(LoopbackPeer peer, X509Certificate2 root) =>
        WebSocketConnection.Connect(peer.Endpoint, new WebSocketOptions { TrustedRoots = [root] }, CancellationToken.None);

    private static string Next(WebSocketConnection connection)
    {
        var result = connection.Receive(Deadline, out var message);
        Assert.True(result.Status == ReceiveStatus.Message, $"{result.Status} {result.Code} {result.Reason}");
        return Encoding.UTF8.GetString(message);
    }
}
