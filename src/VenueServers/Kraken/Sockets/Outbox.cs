using System.Net.WebSockets;
using System.Threading.Channels;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>The messages that wait for one client: written by the exchange thread, sent by the client's own task.</summary>
/// <remarks>
/// Two buffers change places: the exchange fills one while the other is sent, so that nothing is allocated a message and a burst leaves
/// in one go. A client that reads too slowly is cut off; the exchange waits for nobody.
/// </remarks>
internal sealed class Outbox : IDisposable
{
    /// <summary>Bytes that may wait for a client: some seconds of everything.</summary>
    public const int WaitingMax = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true, SingleWriter = true });

    private Batch _filling = new();
    private Batch _sending = new();

    /// <summary>Canceled when the connection is to end at once, without a closing handshake.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Whether the client was cut off because it did not read.</summary>
    public bool IsOverflown { get; private set; }

    /// <summary>Adds a message; it leaves with the next <see cref="Flush"/>.</summary>
    public void Add(ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            if (_filling.Length + message.Length <= WaitingMax)
            {
                _filling.Add(message);
                return;
            }
        }

        IsOverflown = true;
        Close();
    }

    /// <summary>Lets what was added go.</summary>
    public void Flush() => _signal.Writer.TryWrite(true);

    public void Close()
    {
        _signal.Writer.TryComplete();
        _closed.Cancel();
    }

    /// <summary>Sends until the outbox is closed or the client is gone.</summary>
    public async Task SendAsync(WebSocket socket)
    {
        while (await _signal.Reader.WaitToReadAsync(_closed.Token))
        {
            _signal.Reader.TryRead(out _);
            lock (_lock)
            {
                (_filling, _sending) = (_sending, _filling);
            }

            var start = 0;
            foreach (var end in _sending.Ends)
            {
                await socket.SendAsync(_sending.Bytes.AsMemory(start, end - start), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, _closed.Token);
                start = end;
            }

            _sending.Clear();
        }
    }

    public void Dispose() => _closed.Dispose();

    private sealed class Batch
    {
        public byte[] Bytes { get; private set; } = new byte[4096];

        public List<int> Ends { get; } = [];

        public int Length { get; private set; }

        public void Add(ReadOnlySpan<byte> message)
        {
            if (Bytes.Length - Length < message.Length)
            {
                var bytes = Bytes;
                Array.Resize(ref bytes, Math.Max(Bytes.Length * 2, Length + message.Length));
                Bytes = bytes;
            }

            message.CopyTo(Bytes.AsSpan(Length));
            Length += message.Length;
            Ends.Add(Length);
        }

        public void Clear()
        {
            Length = 0;
            Ends.Clear();
        }
    }
}
