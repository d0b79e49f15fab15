using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed.Messages;

/// <summary>The venue's answer to one of our requests.</summary>
/// <remarks>
/// One request has several answers where it names several symbols or orders. An order's answer says that it was taken for matching, not
/// that it traded; its fills come on another channel and may come before.
/// </remarks>
public abstract record ReplyMessage : FeedMessage
{
    private protected ReplyMessage()
    {
    }

    public required string Method { get; init; }

    /// <summary>The number that our request carried.</summary>
    public ulong? RequestId { get; init; }

    public bool IsSuccess { get; init; }

    /// <summary>The venue's own text when it refused; <see langword="null"/> otherwise. See <see cref="ErrorCodes"/>.</summary>
    public string? Error { get; init; }

    /// <summary>When the request reached the venue's gateway, and when the answer left it.</summary>
    public UtcNanos? TimeIn { get; init; }

    public UtcNanos? TimeOut { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    internal static ReplyMessage Read(JsonElement root, string method)
    {
        var result = root.Field("result") ?? default;
        var isRefused = root.Field("error") is not null || root.Bool("success") == false;
        ReplyMessage reply = method switch
        {
            "pong" => new PongReply { Method = method },
            "subscribe" or "unsubscribe" => new SubscriptionReply { Method = method, Channel = result.Text("channel") ?? "", Symbol = result.Text("symbol") ?? root.Text("symbol") },
            "add_order" or "amend_order" or "edit_order" or "cancel_order" => new OrderReply { Method = method, Order = OrderRow.Read(result) },
            "batch_add" => new BatchReply { Method = method, Orders = isRefused ? [] : Orders(result) },
            _ => new OtherReply
            {
                Method = method,
                Count = result.Int64("count") ?? root.Int64("orders_cancelled") ?? result.Int64("orders_cancelled"),
                TriggerTime = result.Time("triggerTime"),
            },
        };
        return reply with
        {
            RequestId = root.UInt64("req_id"),
            IsSuccess = !isRefused && (method == "pong" || (root.Bool("success") ?? throw new FormatException("\"success\" is missing."))),
            Error = root.Text("error"),
            TimeIn = root.Time("time_in"),
            TimeOut = root.Time("time_out"),
            Warnings = [.. result.Items("warnings").Select(w => w.ToString())],
        };
    }

    /// <summary>A list of orders, or an object that holds one: both are seen.</summary>
    private static OrderRow[] Orders(JsonElement result) => result.ValueKind == JsonValueKind.Array
        ? [.. result.EnumerateArray().Select(OrderRow.Read)]
        : [.. result.ItemsOf("orders").Select(OrderRow.Read)];
}

/// <summary>The answer to a ping: its two times give round trip and clock offset.</summary>
public sealed record PongReply : ReplyMessage;

public sealed record SubscriptionReply : ReplyMessage
{
    public required string Channel { get; init; }

    /// <summary>The one symbol that this answer is about.</summary>
    public string? Symbol { get; init; }
}

/// <summary>The answer about one order: placed, amended, edited or canceled.</summary>
public sealed record OrderReply : ReplyMessage
{
    public required OrderRow Order { get; init; }
}

/// <summary>The answer about several orders, in the order of the request.</summary>
public sealed record BatchReply : ReplyMessage
{
    public required IReadOnlyList<OrderRow> Orders { get; init; }
}

/// <summary>Any other answer: <c>cancel_all</c>, <c>batch_cancel</c>, <c>cancel_all_orders_after</c>.</summary>
public sealed record OtherReply : ReplyMessage
{
    /// <summary>How many orders it concerned, where the venue says so.</summary>
    public long? Count { get; init; }

    /// <summary>When the dead man's switch will cancel everything; <see langword="null"/> when it was turned off.</summary>
    public UtcNanos? TriggerTime { get; init; }
}

/// <summary>What an answer says of one order; all of it may be absent.</summary>
/// <param name="OrderId">The venue's id.</param>
/// <param name="ClientOrderId">Ours.</param>
/// <param name="OriginalOrderId">Of an edit: the order that this one replaced.</param>
/// <param name="Error">Why this one of a batch was refused; empty when the venue did not say.</param>
public sealed record OrderRow(string? OrderId, string? ClientOrderId, string? AmendId, string? OriginalOrderId, long? UserReference, string? Error)
{
    internal static OrderRow Read(JsonElement row) =>
        new(
        row.Text("order_id"),
        row.Text("cl_ord_id"),
        row.Text("amend_id"),
        row.Text("original_order_id"),
        row.Int64("order_userref"),
        row.Text("error") ?? (row.Bool("success") == false ? "" : null));
}
