using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Parallax.Measurements.Feed;

namespace Parallax.Measurements.WebSockets;

/// <summary>Sends the messages of a stream over and over, as fast as one connection on loopback takes them.</summary>
/// <remarks>One connection at a time, on a thread of its own. It waits for the first bytes of the receiver before it sends.</remarks>
internal sealed class FloodServer : IDisposable
{
    /// <summary>Bytes in one call of the system, as a busy venue's kernel would have them waiting.</summary>
    private const int WriteBytes = 256 << 10;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _frames;
    private Thread? _serving;
    private TimeSpan _processor;

    public FloodServer(FeedStream stream)
    {
        Messages = stream.Count;
        _frames = Frames(stream);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    /// <summary>In one pass over the stream.</summary>
    public int Messages { get; }

    /// <summary>One pass over the stream, as WebSocket frames.</summary>
    public ReadOnlySpan<byte> Bytes => _frames;

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public Uri Address => new($"ws://{EndPoint}/");

    /// <summary>Serves the next connection.</summary>
    /// <param name="isUpgraded">Whether it begins with the upgrade to a WebSocket, or is TCP and nothing else.</param>
    public void Begin(int passes, bool isUpgraded)
    {
        _serving = new Thread(() => Serve(passes, isUpgraded)) { IsBackground = true, Name = "flood" };
        _serving.Start();
    }

    /// <returns>What sending has taken of a processor, since the receiver's first bytes.</returns>
    public TimeSpan End()
    {
        _serving!.Join();
        return _processor;
    }

    public void Dispose() => _listener.Dispose();

    private void Serve(int passes, bool isUpgraded)
    {
        using var socket = _listener.Accept();
        socket.NoDelay = true;
        var received = new byte[4_096];
        if (isUpgraded)
        {
            Upgrade(socket, received);
        }

        socket.Receive(received);
        var start = ThreadProcessor.Now();
        for (var pass = 0; pass < passes; pass++)
        {
            for (var at = 0; at < _frames.Length; at += WriteBytes)
            {
                socket.Send(_frames.AsSpan(at, Math.Min(WriteBytes, _frames.Length - at)));
            }
        }

        _processor = ThreadProcessor.Now() - start;
        // Until the receiver goes: it may still be reading.
        socket.Shutdown(SocketShutdown.Send);
        while (socket.Receive(received, SocketFlags.None, out _) > 0)
        {
        }
    }

    private static void Upgrade(Socket socket, byte[] received)
    {
        var request = "";
        while (!request.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            request += Encoding.ASCII.GetString(received, 0, socket.Receive(received));
        }

        const string KeyHeader = "Sec-WebSocket-Key: ";
        var key = request.Split("\r\n").Single(line => line.StartsWith(KeyHeader, StringComparison.OrdinalIgnoreCase))[KeyHeader.Length..];
#pragma warning disable CA5350 // The protocol names SHA-1 (RFC 6455, section 4.2.2).
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        socket.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
    }

    private static byte[] Frames(FeedStream stream)
    {
        using var frames = new MemoryStream();
        for (var i = 0; i < stream.Count; i++)
        {
            var message = stream[i];
            frames.WriteByte(0x81);
            if (message.Length < 126)
            {
                frames.WriteByte((byte)message.Length);
            }
            else
            {
                frames.Write([126, checked((byte)(message.Length >> 8)), (byte)message.Length]);
            }

            frames.Write(message);
        }

        return frames.ToArray();
    }
}
