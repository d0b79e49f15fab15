using System.Net.Sockets;
using System.Net.WebSockets;
using Parallax.Measurements.Feed;
using Parallax.Venues.Connectivity.WebSockets;

namespace Parallax.Measurements.WebSockets;

/// <summary>One way of receiving the flood.</summary>
internal interface IFloodReceiver
{
    bool IsWebSocket { get; }

    /// <summary>Connects, and returns what receives everything.</summary>
    /// <param name="expected">What every message, or byte, is compared with; <see langword="null"/> counts them only.</param>
    /// <returns>Sends the first bytes, then reads; it gives the number of messages, or zero where one was not the expected one.</returns>
    Func<int> Connect(FloodServer server, int passes, FeedStream? expected);
}

/// <summary>Ours: one blocking thread, messages in place.</summary>
internal sealed class ProductReceiver : IFloodReceiver
{
    public bool IsWebSocket => true;

    public Func<int> Connect(FloodServer server, int passes, FeedStream? expected)
    {
        var connection = WebSocketConnection.Connect(server.Address, new WebSocketOptions(), CancellationToken.None);
        return () =>
        {
            using (connection)
            {
                connection.Send("go"u8);
                var messages = 0;
                while (messages < passes * server.Messages && connection.Receive(TimeSpan.FromSeconds(10), out var message).Status == ReceiveStatus.Message)
                {
                    if (expected is not null && !message.SequenceEqual(expected[messages % expected.Count]))
                    {
                        return 0;
                    }

                    messages++;
                }

                return messages;
            }
        };
    }
}

/// <summary>The framework's, as its documentation has it: await a receive into a buffer that takes any message.</summary>
internal sealed class FrameworkReceiver : IFloodReceiver
{
    public bool IsWebSocket => true;

    public Func<int> Connect(FloodServer server, int passes, FeedStream? expected)
    {
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        Task.Run(() => socket.ConnectAsync(server.Address, CancellationToken.None)).GetAwaiter().GetResult();
        return () =>
        {
            using (socket)
            {
                return Task.Run(() => ReceiveAsync(socket, passes * server.Messages, expected)).GetAwaiter().GetResult();
            }
        };
    }

    private static async Task<int> ReceiveAsync(ClientWebSocket socket, int count, FeedStream? expected)
    {
        await socket.SendAsync("go"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[256 << 10];
        var messages = 0;
        while (messages < count)
        {
            var length = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                result = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += result.Count;
            }
            while (!result.EndOfMessage);

            if (expected is not null && !expected[messages % expected.Count].SequenceEqual(buffer.AsSpan(0, length)))
            {
                return 0;
            }

            messages++;
        }

        return messages;
    }
}

/// <summary>The floor: the same bytes out of the same kind of socket, many at a time, and nothing done with them.</summary>
internal sealed class RawReceiver : IFloodReceiver
{
    public bool IsWebSocket => false;

    public Func<int> Connect(FloodServer server, int passes, FeedStream? expected)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server.EndPoint);
        return () =>
        {
            using (socket)
            {
                socket.Send("go"u8);
                var buffer = new byte[256 << 10];
                var bytes = 0L;
                for (int received; (received = socket.Receive(buffer)) > 0; bytes += received)
                {
                    if (expected is not null && !IsExpected(server.Bytes, bytes, buffer.AsSpan(0, received)))
                    {
                        return 0;
                    }
                }

                return (int)(bytes * server.Messages / server.Bytes.Length);
            }
        };
    }

    private static bool IsExpected(ReadOnlySpan<byte> sent, long from, ReadOnlySpan<byte> received)
    {
        while (received.Length > 0)
        {
            var rest = sent[(int)(from % sent.Length)..];
            var count = Math.Min(rest.Length, received.Length);
            if (!received[..count].SequenceEqual(rest[..count]))
            {
                return false;
            }

            received = received[count..];
            from += count;
        }

        return true;
    }
}
