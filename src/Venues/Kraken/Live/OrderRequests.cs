using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Parallax.Domain;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Writes the requests of the private feed. One thread; every result goes into the buffer given.</summary>
/// <remarks>
/// https://docs.kraken.com/api/docs/websocket-v2/add_order, …/cancel_order, …/executions, …/balances. Prices and quantities are JSON numbers in plain
/// decimals, never with an exponent.
/// </remarks>
internal sealed class OrderRequests : IDisposable
{
    private const int TimeLength = 24, TextMax = 32;

    // Everything in an order's request besides symbol and token, two numbers of thirty digits included.
    private const int OrderLengthMax = 512;

    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>(1));
    private readonly Dictionary<string, JsonEncodedText> _symbols = [];
    private (string Text, JsonEncodedText Encoded) _token = ("", JsonEncodedText.Encode(""));

    /// <param name="ticket">Its request and lots are written, as a limit order.</param>
    /// <param name="timeInForce">The venue's word: <see cref="Word"/>.</param>
    /// <param name="deadline">On the venue's clock, UTC nanoseconds.</param>
    public void AddOrder(OrderTicket ticket, Instrument instrument, string timeInForce, long deadline, string token, ulong id)
    {
        Span<byte> text = stackalloc byte[TextMax];
        var symbol = Symbol(instrument.Symbol);
        var secret = Token(token);
        ticket.Bytes.ResetWrittenCount();
        var json = new RequestText(ticket.Bytes.GetSpan(OrderLengthMax + symbol.Length + secret.Length));
        json.Add("""{"method":"add_order","params":{"order_type":"limit","side":"""u8);
        json.Add(ticket.Request.Side == Side.Buy ? "\"buy\""u8 : "\"sell\""u8);
        json.Add(",\"symbol\":\""u8);
        json.Add(symbol);
        json.Add("\",\"order_qty\":"u8);
        json.Add(instrument.Quantity(ticket.Lots));
        json.Add(",\"limit_price\":"u8);
        json.Add(instrument.Price(ticket.Request.LimitTicks));
        json.Add(",\"time_in_force\":\""u8);
        json.Add(timeInForce);
        json.Add("\",\"cl_ord_id\":\""u8);
        json.Add(ticket.Request.Id.Utf8(text));
        json.Add("\",\"deadline\":\""u8);
        json.Add(Time(deadline, text));
        json.Add("\",\"fee_preference\":\"quote\",\"token\":\""u8);
        json.Add(secret);
        json.Add("\"},\"req_id\":"u8);
        json.Add(id);
        json.Add("}"u8);
        ticket.Bytes.Advance(json.Length);
    }

    public void CancelOrder(ArrayBufferWriter<byte> target, string clientOrderId, string token, ulong id)
    {
        Begin(target, "cancel_order"u8);
        _json.WriteStartArray("cl_ord_id");
        _json.WriteStringValue(clientOrderId);
        _json.WriteEndArray();
        End(token, id);
    }

    /// <summary>Takes back every order of the account.</summary>
    public void CancelAll(ArrayBufferWriter<byte> target, string token, ulong id)
    {
        Begin(target, "cancel_all"u8);
        End(token, id);
    }

    /// <param name="seconds">Zero turns it off.</param>
    public void CancelAllOrdersAfter(ArrayBufferWriter<byte> target, int seconds, string token, ulong id)
    {
        Begin(target, "cancel_all_orders_after"u8);
        _json.WriteNumber("timeout", seconds);
        End(token, id);
    }

    /// <summary>Our orders from now on, those that are open among them.</summary>
    /// <param name="withTrades">Whether the last fifty trades come first.</param>
    public void SubscribeExecutions(ArrayBufferWriter<byte> target, bool withTrades, string token, ulong id)
    {
        Begin(target, "subscribe"u8);
        _json.WriteString("channel", "executions");
        _json.WriteBoolean("snap_orders", true);
        _json.WriteBoolean("snap_trades", withTrades);
        End(token, id);
    }

    /// <summary>What the account holds now, then every entry of its ledger.</summary>
    public void SubscribeBalances(ArrayBufferWriter<byte> target, string token, ulong id)
    {
        Begin(target, "subscribe"u8);
        _json.WriteString("channel", "balances");
        _json.WriteBoolean("snapshot", true);
        End(token, id);
    }

    public void Unsubscribe(ArrayBufferWriter<byte> target, string channel, string token, ulong id)
    {
        Begin(target, "unsubscribe"u8);
        _json.WriteString("channel", channel);
        End(token, id);
    }

    public void Ping(ArrayBufferWriter<byte> target, ulong id)
    {
        target.ResetWrittenCount();
        _json.Reset(target);
        _json.WriteStartObject();
        _json.WriteString("method", "ping");
        _json.WriteNumber("req_id", id);
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    /// <summary>The venue's word; <see langword="null"/> for what it does not surely offer (fill or kill is undocumented).</summary>
    public static string? Word(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.ImmediateOrCancel => "ioc",
        TimeInForce.GoodTilCanceled => "gtc",
        _ => null,
    };

    /// <summary><c>2023-11-14T22:13:20.123Z</c>, cut to the millisecond.</summary>
    private static ReadOnlySpan<byte> Time(long nanos, Span<byte> text)
    {
        // The round-trip format is many times faster than one of our own; it has four decimals more.
        new UtcNanos(nanos).ToDateTimeOffset().UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[TimeLength - 1] = (byte)'Z';
        return text[..TimeLength];
    }

    private ReadOnlySpan<byte> Symbol(string symbol)
    {
        if (!_symbols.TryGetValue(symbol, out var encoded))
        {
            _symbols.Add(symbol, encoded = JsonEncodedText.Encode(symbol));
        }

        return encoded.EncodedUtf8Bytes;
    }

    /// <summary>Of the last token only: one that a connection has given up is kept nowhere.</summary>
    private ReadOnlySpan<byte> Token(string token)
    {
        if (!ReferenceEquals(token, _token.Text))
        {
            _token = (token, JsonEncodedText.Encode(token));
        }

        return _token.Encoded.EncodedUtf8Bytes;
    }

    private void Begin(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> method)
    {
        target.ResetWrittenCount();
        _json.Reset(target);
        _json.WriteStartObject();
        _json.WriteString("method"u8, method);
        _json.WriteStartObject("params"u8);
    }

    private void End(string token, ulong id)
    {
        _json.WriteString("token"u8, token);
        _json.WriteEndObject();
        _json.WriteNumber("req_id"u8, id);
        _json.WriteEndObject();
        _json.Flush();
    }
}
