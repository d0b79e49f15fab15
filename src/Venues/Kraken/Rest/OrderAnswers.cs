using System.Text.Json;
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

    /// <summary><c>CancelOrder</c>.</summary>
    public static CanceledOrders CancelOrder(JsonElement result) => new(result.Int32Of("count"));
}

/// <param name="Description">The venue's sentence: <c>buy 0.01000000 XBTUSD @ limit 50000.0</c>.</param>
/// <param name="Error">Why this one of a batch was refused.</param>
public sealed record PlacedOrder(IReadOnlyList<string> OrderIds, string Description, string? Error);

public sealed record CanceledOrders(int Count);
