using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Parallax.VenueServers.Tests.Kraken;

/// <summary>A plain WebSocket client with a deadline on every wait.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private int _requests;

    public static async Task<SocketClient> ConnectAsync(Uri endpoint, string path = "/v2")
    {
        var client = new SocketClient();
        using var late = new CancellationTokenSource(Deadline);
        await client._socket.ConnectAsync(new UriBuilder(endpoint) { Scheme = "ws", Path = path }.Uri, late.Token);
        return client;
    }

    /// <returns>The request's id.</returns>
    public async Task<int> SendAsync(string method, object? parameters = null)
    {
        var id = ++_requests;
        await SendTextAsync(JsonSerializer.Serialize(new { method, @params = parameters, req_id = id }));
        return id;
    }

    public async Task SendTextAsync(string text)
    {
        using var late = new CancellationTokenSource(Deadline);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, late.Token);
    }

    /// <returns>The next message; <see langword="null"/> when the connection has ended.</returns>
    public async Task<string?> ReceiveTextAsync()
    {
        using var late = new CancellationTokenSource(Deadline);
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await _socket.ReceiveAsync(_buffer.AsMemory(length), late.Token);
            }
            catch (WebSocketException)
            {
                return null;
            }

            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    public async Task<JsonElement> ReceiveAsync()
    {
        var text = await ReceiveTextAsync() ?? throw new InvalidOperationException("The server has ended the connection.");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Skips messages until one fits.</summary>
    public async Task<JsonElement> ReceiveAsync(Func<JsonElement, bool> fits)
    {
        while (true)
        {
            var message = await ReceiveAsync();
            if (fits(message))
            {
                return message;
            }
        }
    }

    public Task<JsonElement> ReceiveChannelAsync(string channel, string? type = null) => ReceiveAsync(message =>
        message.TryGetProperty("channel", out var found) && found.GetString() == channel
        && (type is null || message.GetProperty("type").GetString() == type));

    public Task<JsonElement> ReceiveReplyAsync(int id) =>
        ReceiveAsync(message => message.TryGetProperty("req_id", out var found) && found.GetInt32() == id);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
