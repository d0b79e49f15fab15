using System.Buffers;
using System.Text.Json;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>Writes answers and other messages that are not market data. One buffer, used again.</summary>
internal sealed class Replies
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    /// <summary>Writes any message.</summary>
    /// <returns>Valid until the next message is written.</returns>
    public ReadOnlySpan<byte> Write(Action<Utf8JsonWriter> content)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, PlainJson.Options))
        {
            content(json);
        }

        return _buffer.WrittenSpan;
    }

    public ReadOnlySpan<byte> Success(Request request, long now, Action<Utf8JsonWriter> result) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("method", request.Method);
        json.WriteStartObject("result");
        result(json);
        json.WriteEndObject();
        json.WriteBoolean("success", true);
        End(json, request, now);
    });

    /// <param name="symbol">What the error is about; <see langword="null"/> for the request as a whole.</param>
    public ReadOnlySpan<byte> Failure(Request request, long now, string error, string? symbol = null) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteString("method", request.Method);
        json.WriteBoolean("success", false);
        if (symbol is not null)
        {
            json.WriteString("symbol", symbol);
        }

        End(json, request, now);
    });

    public ReadOnlySpan<byte> Pong(Request request, long now) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("method", "pong");
        End(json, request, now);
    });

    private static void End(Utf8JsonWriter json, Request request, long now)
    {
        json.WriteString("time_in", Timestamps.Rfc3339(request.Time));
        json.WriteString("time_out", Timestamps.Rfc3339(now));
        if (request.Id is { } id)
        {
            json.WriteNumber("req_id", id);
        }

        json.WriteEndObject();
    }
}
