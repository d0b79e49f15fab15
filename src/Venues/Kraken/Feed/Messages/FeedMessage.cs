using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed.Messages;

/// <summary>What the venue says besides books and trades: a closed set, one type a message. Not the hot path: it allocates.</summary>
/// <remarks>Venue page: https://docs.kraken.com/api/docs/guides/spot-ws-intro.</remarks>
public abstract record FeedMessage
{
    private protected FeedMessage()
    {
    }

    /// <summary>Reads any frame. Nothing is thrown: what cannot be read is <see cref="MalformedMessage"/>.</summary>
    public static FeedMessage Read(ReadOnlyMemory<byte> frame)
    {
        if (frame.Length > FrameParser.FrameBytesMax)
        {
            return new MalformedMessage($"The frame has {frame.Length} bytes, more than {FrameParser.FrameBytesMax}.");
        }

        try
        {
            using var document = JsonDocument.Parse(frame);
            return Read(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException)
        {
            return new MalformedMessage(wrong.Message);
        }
    }

    private static FeedMessage Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new MalformedMessage("The frame is not an object.");
        }

        if (root.Text("channel") is { } channel)
        {
            return channel switch
            {
                "heartbeat" => new HeartbeatMessage(),
                "status" => StatusMessage.Read(root),
                "instrument" => InstrumentMessage.Read(root, IsSnapshot(root)),
                "ticker" => TickerMessage.Read(root, IsSnapshot(root)),
                "executions" => ExecutionsMessage.Read(root, IsSnapshot(root)),
                "balances" => BalancesMessage.Read(root, IsSnapshot(root)),
                "book" or "trade" => new MarketDataMessage(channel),
                _ => new OtherMessage(channel),
            };
        }

        if (root.Text("method") is { } method)
        {
            return root.Field("params") is not null ? new RequestMessage(method, root.UInt64("req_id")) : ReplyMessage.Read(root, method);
        }

        return (root.Text("error") ?? root.Text("Error")) is { } error ? new ErrorMessage(error) : new OtherMessage("");
    }

    private static bool IsSnapshot(JsonElement root) => root.TextOf("type") switch
    {
        "snapshot" => true,
        "update" => false,
        var other => throw new FormatException($"A message is a snapshot or an update; found \"{other}\"."),
    };
}

/// <summary>Nothing else was sent for a second.</summary>
public sealed record HeartbeatMessage : FeedMessage;

/// <summary>A frame of a channel that <see cref="FrameParser"/> reads.</summary>
public sealed record MarketDataMessage(string Channel) : FeedMessage;

/// <summary>Legal, but of a channel that we do not use, or of none.</summary>
public sealed record OtherMessage(string Channel) : FeedMessage;

/// <summary>An error that belongs to no request: <c>{"Error":"Exceeded msg rate"}</c>.</summary>
public sealed record ErrorMessage(string Text) : FeedMessage;

/// <summary>One of our own requests, as recordings of both directions hold them.</summary>
public sealed record RequestMessage(string Method, ulong? RequestId) : FeedMessage;

/// <summary>Not read; the reason is one sentence.</summary>
public sealed record MalformedMessage(string Reason) : FeedMessage;

/// <summary>The state of the trading engine. The first frame of a connection is one.</summary>
/// <param name="ConnectionId">Beyond 63 bits.</param>
public sealed record StatusMessage(MarketStatus System, ulong? ConnectionId, string? Version) : FeedMessage
{
    internal static StatusMessage Read(JsonElement root)
    {
        var data = root.ItemsOf("data").LastOrDefault();
        return new StatusMessage(MarketStatuses.Read(data.TextOf("system")), data.UInt64("connection_id"), data.Text("version"));
    }
}

/// <summary>Best prices as the venue states them. All zeros say that there is no quote, and come as <see langword="null"/>.</summary>
public sealed record TickerMessage(bool IsSnapshot, IReadOnlyList<TickerRow> Rows) : FeedMessage
{
    internal static TickerMessage Read(JsonElement root, bool isSnapshot) => new(isSnapshot, [.. root.ItemsOf("data").Select(row => new TickerRow(
        row.TextOf("symbol"),
        Quote(row, "bid", "bid_qty"),
        Quote(row, "ask", "ask_qty"),
        row.NotNegative("last") is > 0m and var last ? last : null,
        row.Time("timestamp")))]);

    private static (decimal, decimal)? Quote(JsonElement row, string price, string quantity) =>
        row.NotNegative(price) is > 0m and var value && row.NotNegative(quantity) is > 0m and var size ? (value, size) : null;
}

public sealed record TickerRow(
    string Symbol, (decimal Price, decimal Quantity)? Bid, (decimal Price, decimal Quantity)? Ask, decimal? Last, UtcNanos? Time);
