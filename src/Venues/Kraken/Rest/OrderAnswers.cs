using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Rest;

/// <summary>Results of the private methods that place and cancel.</summary>
public static class OrderAnswers
{
    /// <summary><c>AddOrder</c>. Ids are absent when the request only asked for a check.</summary>
    public static PlacedOrder AddOrder(JsonElement result) => new(
        [.. result.Items("txid").Select(id => id.GetString() ?? "")], result.Field("descr")?.Text("order") ?? "", Error: null);

    /// <summary><c>AddOrderBatch</c>, in the order of the request.</summary>
    public static IReadOnlyList<PlacedOrder> AddOrderBatch(JsonElement result) => [.. result.ItemsOf("orders").Select(order => new PlacedOrder(
        order.Text("txid") is { } id ? [id] : [], order.Field("descr")?.Text("order") ?? "", order.Text("error")))];

    /// <summary><c>CancelOrder</c>, <c>CancelAll</c>.</summary>
    public static CanceledOrders CancelOrder(JsonElement result) => new(result.Int32Of("count"));

    /// <summary><c>CancelAllOrdersAfter</c>. Turned off, the venue names no time, or a zero.</summary>
    public static DeadManTime CancelAllOrdersAfter(JsonElement result) =>
        new(result.Text("triggerTime") is { } text && UtcNanos.TryParse(text, out var time) ? time : null);
}

/// <param name="Description">The venue's sentence: <c>buy 0.01000000 XBTUSD @ limit 50000.0</c>.</param>
/// <param name="Error">Why this one of a batch was refused.</param>
public sealed record PlacedOrder(IReadOnlyList<string> OrderIds, string Description, string? Error);

public sealed record CanceledOrders(int Count);

/// <param name="TriggerTime">When the venue will cancel everything; <see langword="null"/> when it was turned off.</param>
public sealed record DeadManTime(UtcNanos? TriggerTime);
