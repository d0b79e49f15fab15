using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Parallax.Venues.Tests.Connectivity.WebSockets;

/// <summary>A real server on loopback that does exactly what a test says, byte by byte.</summary>
internal sealed class LoopbackPeer : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new(Deadline);
    private readonly Task _serving;

    /// <param name="serve">Gets the stream after the upgrade, and what the client asked with.</param>
    /// <param name="answer">Replaces the answer to the upgrade; it gets the client's key.</param>
    /// <param name="wire">Replaces the socket's stream, below TLS.</param>
    public LoopbackPeer(
        Func<Stream, CancellationToken, Task> serve, X509Certificate2? certificate = null, Func<string, byte[]>? answer = null, Func<Stream, Stream>? wire = null)
    {
        _listener.Start();
        Endpoint = new Uri($"{(certificate is null ? "ws" : "wss")}://{(certificate is null ? "127.0.0.1" : "localhost")}:{((IPEndPoint)_listener.LocalEndpoint).Port}/v2?depth=10");
        _serving = Task.Run(async () =>
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            client.NoDelay = true;
            Socket = client.Client;
            var stream = wire?.Invoke(client.GetStream()) ?? client.GetStream();
            if (certificate is not null)
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _stop.Token);
                HostName = tls.TargetHostName;
            }

            Request = await ReadRequestAsync(stream, _stop.Token);
            await stream.WriteAsync((answer ?? Upgraded)(Header("Sec-WebSocket-Key")), _stop.Token);
            await serve(stream, _stop.Token);
        });
    }

    public Uri Endpoint { get; }

    /// <summary>The request's lines.</summary>
    public string[] Request { get; private set; } = [];

    /// <summary>What TLS was asked for.</summary>
    public string? HostName { get; private set; }

    public Socket? Socket { get; private set; }

    public string Header(string name) =>
        Request.Where(line => line.StartsWith(name + ": ", StringComparison.Ordinal)).Select(line => line[(name.Length + 2)..]).SingleOrDefault() ?? "";

    /// <summary>Waits until the script is through, and throws what it threw.</summary>
    public void Finish() => Assert.True(_serving.Wait(Deadline), "The peer's script did not end.");

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        try
        {
            _serving.Wait(Deadline);
        }
        catch (AggregateException)
        {
            // The client went first, as many tests want it.
        }

        _stop.Dispose();
    }

    public static byte[] Upgraded(string key) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nconnection: keep-alive, Upgrade\r\nSec-WebSocket-Accept: {Accept(key)}\r\n\r\n");

#pragma warning disable CA5350 // The protocol names SHA-1.
    public static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350

    /// <summary>A frame of the client's, taken off its mask.</summary>
    /// <returns><see langword="null"/> at the end of the stream.</returns>
    public static async Task<ClientFrame?> ReadFrameAsync(Stream stream, CancellationToken cancellation)
    {
        var start = new byte[2];
        if (await stream.ReadAtLeastAsync(start, 2, throwOnEndOfStream: false, cancellation) < 2)
        {
            return null;
        }

        var length = (long)(start[1] & 0x7F);
        var more = new byte[length switch { 126 => 2, 127 => 8, _ => 0 }];
        await stream.ReadExactlyAsync(more, cancellation);
        length = more.Length == 0 ? length : more.Aggregate(0L, (sum, b) => (sum << 8) | b);
        var key = new byte[4];
        if ((start[1] & 0x80) != 0)
        {
            await stream.ReadExactlyAsync(key, cancellation);
        }

        var payload = new byte[length];
        await stream.ReadExactlyAsync(payload, cancellation);
        for (var i = 0; i < payload.Length; i++)
        {
            payload[i] ^= key[i % 4];
        }

        return new ClientFrame(start[0], (start[1] & 0x80) != 0, key, payload);
    }

    private static async Task<string[]> ReadRequestAsync(Stream stream, CancellationToken cancellation)
    {
        var (text, one) = (new StringBuilder(), new byte[1]);
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, cancellation);
            text.Append((char)one[0]);
        }

        return text.ToString().TrimEnd().Split("\r\n");
    }
}

/// <param name="First">Final bit and opcode.</param>
internal sealed record ClientFrame(byte First, bool IsMasked, byte[] Key, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);
}
