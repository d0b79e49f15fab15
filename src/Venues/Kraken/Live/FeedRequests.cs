using System.Buffers;
using System.Text.Json;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Writes the requests of the public feed. Each result is valid until the next is written.</summary>
/// <remarks>https://docs.kraken.com/api/docs/websocket-v2/book, …/trade, …/instrument, …/ping.</remarks>
internal sealed class FeedRequests : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Utf8JsonWriter _json;

    public FeedRequests() => _json = new Utf8JsonWriter(_bytes);

    /// <summary>The number of the last request: each is one more than the one before, over all connections.</summary>
    public ulong LastId { get; private set; }

    /// <param name="depth">Levels a side; one of <see cref="KrakenLimits.BookDepths"/>.</param>
    public ReadOnlySpan<byte> SubscribeBooks(IEnumerable<string> symbols, int depth) => Books("subscribe", symbols, depth, wantsSnapshot: true);

    public ReadOnlySpan<byte> UnsubscribeBooks(IEnumerable<string> symbols, int depth) => Books("unsubscribe", symbols, depth, wantsSnapshot: null);

    /// <summary>Trades from now on; the last fifty before are not asked for.</summary>
    public ReadOnlySpan<byte> SubscribeTrades(IEnumerable<string> symbols)
    {
        BeginSubscription("subscribe", "trade");
        WriteSymbols(symbols);
        _json.WriteBoolean("snapshot", false);
        return EndParameters();
    }

    public ReadOnlySpan<byte> SubscribeInstruments()
    {
        BeginSubscription("subscribe", "instrument");
        _json.WriteBoolean("snapshot", true);
        return EndParameters();
    }

    public ReadOnlySpan<byte> Ping()
    {
        Begin("ping");
        return End();
    }

    public void Dispose() => _json.Dispose();

    private ReadOnlySpan<byte> Books(string method, IEnumerable<string> symbols, int depth, bool? wantsSnapshot)
    {
        BeginSubscription(method, "book");
        WriteSymbols(symbols);
        _json.WriteNumber("depth", depth);
        if (wantsSnapshot is { } wants)
        {
            _json.WriteBoolean("snapshot", wants);
        }

        return EndParameters();
    }

    private void WriteSymbols(IEnumerable<string> symbols)
    {
        _json.WriteStartArray("symbol");
        foreach (var symbol in symbols)
        {
            _json.WriteStringValue(symbol);
        }

        _json.WriteEndArray();
    }

    private void BeginSubscription(string method, string channel)
    {
        Begin(method);
        _json.WriteStartObject("params");
        _json.WriteString("channel", channel);
    }

    private void Begin(string method)
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        _json.WriteStartObject();
        _json.WriteString("method", method);
    }

    private ReadOnlySpan<byte> EndParameters()
    {
        _json.WriteEndObject();
        return End();
    }

    private ReadOnlySpan<byte> End()
    {
        _json.WriteNumber("req_id", ++LastId);
        _json.WriteEndObject();
        _json.Flush();
        return _bytes.WrittenSpan;
    }
}
