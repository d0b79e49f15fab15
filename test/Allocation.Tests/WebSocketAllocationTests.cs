using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Parallax.Venues.Connectivity.WebSockets;

namespace Parallax.Allocation.Tests;

/// <summary>Socket to message: nothing is allocated once every buffer has its size.</summary>
public sealed class WebSocketAllocationTests
{
    private const int Loops = 2_000;

    [Fact]
    public void Receiving_messages_fragments_and_pings_and_sending_allocates_nothing()
    {
        // Short, usual and long messages, fragments, and a ping that has to be answered.
        byte[] loop =
        [
            .. Frame(0x81, 20), .. Frame(0x81, 205), .. Frame(0x81, 125), .. Frame(0x89, 4), .. Frame(0x81, 70_000),
            .. Frame(0x01, 300), .. Frame(0x8A, 0), .. Frame(0x80, 300), .. Frame(0x82, 126),
        ];
        const int MessagesALoop = 6;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = new Thread(() => Serve(listener, loop)) { IsBackground = true };
        serving.Start();
        using var connection = WebSocketConnection.Connect(new Uri($"ws://{listener.LocalEndpoint}/"), new WebSocketOptions(), CancellationToken.None);
        Receive(connection, 100 * MessagesALoop);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Receive(connection, (Loops - 100) * MessagesALoop);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Loops * MessagesALoop, connection.MessagesReceived);
        connection.Dispose();
        serving.Join();
    }

    private static void Receive(WebSocketConnection connection, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (connection.Receive(TimeSpan.FromSeconds(20), out var message).Status != ReceiveStatus.Message || message.Length < 20)
            {
                throw new InvalidOperationException($"Message {i} did not come.");
            }

            if (i % 100 == 0 && !connection.Send("{\"method\":\"ping\",\"req_id\":1}"u8))
            {
                throw new InvalidOperationException("The connection takes nothing.");
            }

            // Nothing is there yet, or something is; either way the question is free.
            _ = connection.HasBuffered;
        }
    }

    private static void Serve(TcpListener listener, byte[] loop)
    {
        using var socket = listener.AcceptSocket();
        var received = new byte[4_096];
        var request = Encoding.ASCII.GetString(received, 0, socket.Receive(received));
        var key = request.Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key: ", StringComparison.Ordinal))[19..];
#pragma warning disable CA5350 // The protocol names SHA-1.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        socket.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
        var draining = new Thread(() =>
        {
            var drained = new byte[4_096];
            while (socket.Receive(drained, SocketFlags.None, out _) > 0)
            {
            }
        })
        { IsBackground = true };
        draining.Start();
        for (var i = 0; i < Loops; i++)
        {
            socket.Send(loop);
        }

        draining.Join();
    }

    private static byte[] Frame(byte first, int length) =>
        [first, .. length < 126 ? [(byte)length] : length <= ushort.MaxValue ? (byte[])[126, (byte)(length >> 8), (byte)length] : [127, 0, 0, 0, 0, 0, (byte)(length >> 16), (byte)(length >> 8), (byte)length], .. new byte[length]];
}
