using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed.Messages;

/// <summary>What happened to our orders.</summary>
/// <param name="Sequence">1 for the snapshot, one more each; a gap means that something was missed.</param>
public sealed record ExecutionsMessage(bool IsSnapshot, ulong Sequence, IReadOnlyList<ExecutionRow> Rows) : FeedMessage
{
    internal static ExecutionsMessage Read(JsonElement root, bool isSnapshot) => new(
        isSnapshot,
        root.UInt64("sequence") ?? throw new FormatException("\"sequence\" is missing."),
        [.. root.ItemsOf("data").Select(ExecutionRow.Read)]);
}

/// <summary>What kind of event an execution row reports.</summary>
public enum ExecutionKind : byte
{
    Unknown = 0,

    /// <summary>Checked, not yet live.</summary>
    PendingNew,
    New,

    /// <summary>A fill. The order may be complete without saying so: see <see cref="Filled"/>.</summary>
    Trade,
    Filled,
    IcebergRefill,
    Canceled,
    Expired,
    Amended,
    Restated,
    Status,
}

/// <summary>One event of one order. After the first event of an order only what changed is sent, so nearly all of it may be absent.</summary>
/// <remarks>Venue page: https://docs.kraken.com/api/docs/websocket-v2/executions.</remarks>
public sealed record ExecutionRow
{
    public required string OrderId { get; init; }

    public required ExecutionKind Kind { get; init; }

    public string? ClientOrderId { get; init; }

    public long? UserReference { get; init; }

    /// <summary>The fill's id: fills are deduplicated by it.</summary>
    public string? ExecutionId { get; init; }

    public ulong? TradeId { get; init; }

    public string? Symbol { get; init; }

    public Side? Side { get; init; }

    /// <summary>The venue's word: <c>pending_new</c>, <c>new</c>, <c>partially_filled</c>, <c>filled</c>, <c>canceled</c>, <c>expired</c>.</summary>
    public string? OrderStatus { get; init; }

    /// <summary>The venue's word: <c>limit</c>, <c>market</c>, …</summary>
    public string? OrderType { get; init; }

    /// <summary>The venue's word: <c>GTC</c>, <c>IOC</c>, …</summary>
    public string? TimeInForce { get; init; }

    public decimal? OrderQuantity { get; init; }

    public decimal? LimitPrice { get; init; }

    /// <summary>This fill's price and quantity; both above zero in every row of kind <see cref="ExecutionKind.Trade"/>.</summary>
    public decimal? LastPrice { get; init; }

    public decimal? LastQuantity { get; init; }

    /// <summary>This fill's cost, quote, fees not included.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Over all fills of the order so far, this one included.</summary>
    public decimal? CumulativeQuantity { get; init; }

    public decimal? CumulativeCost { get; init; }

    public decimal? AveragePrice { get; init; }

    /// <summary>The venue's word: <c>fciq</c> charges fees in quote, <c>fcib</c> in base.</summary>
    public string? FeePreference { get; init; }

    /// <summary>Whether this fill took liquidity.</summary>
    public bool? IsTaker { get; init; }

    /// <summary>What this fill was charged, each in its own asset.</summary>
    public IReadOnlyList<(string Asset, decimal Quantity)> Fees { get; init; } = [];

    public string? Reason { get; init; }

    public UtcNanos? Time { get; init; }

    /// <summary>Whether the order will trade no more; what it traded before stays traded.</summary>
    public bool IsTerminal => Kind is ExecutionKind.Filled or ExecutionKind.Canceled or ExecutionKind.Expired;

    /// <summary>The order as it stands after this event: what this row leaves out is as it was before.</summary>
    /// <param name="earlier">The order before, itself merged. What belongs to one fill only (its id, price, quantity, cost, fees) is not taken over.</param>
    public ExecutionRow After(ExecutionRow earlier) => this with
    {
        ClientOrderId = ClientOrderId ?? earlier.ClientOrderId,
        UserReference = UserReference ?? earlier.UserReference,
        Symbol = Symbol ?? earlier.Symbol,
        Side = Side ?? earlier.Side,
        OrderStatus = OrderStatus ?? earlier.OrderStatus,
        OrderType = OrderType ?? earlier.OrderType,
        TimeInForce = TimeInForce ?? earlier.TimeInForce,
        OrderQuantity = OrderQuantity ?? earlier.OrderQuantity,
        LimitPrice = LimitPrice ?? earlier.LimitPrice,
        CumulativeQuantity = CumulativeQuantity ?? earlier.CumulativeQuantity,
        CumulativeCost = CumulativeCost ?? earlier.CumulativeCost,
        AveragePrice = AveragePrice ?? earlier.AveragePrice,
        FeePreference = FeePreference ?? earlier.FeePreference,
    };

    internal static ExecutionRow Read(JsonElement row)
    {
        var read = ReadFields(row);
        return read.Kind != ExecutionKind.Trade || read is { ExecutionId: not null, LastPrice: > 0m, LastQuantity: > 0m }
            ? read
            : throw new FormatException($"A fill has exec_id, last_price and last_qty; order {read.OrderId} has one without.");
    }

    private static ExecutionRow ReadFields(JsonElement row) => new()
    {
        OrderId = row.TextOf("order_id"),
        Kind = KindOf(row.TextOf("exec_type")),
        ClientOrderId = row.Text("cl_ord_id"),
        UserReference = row.Int64("order_userref"),
        ExecutionId = row.Text("exec_id"),
        TradeId = row.UInt64("trade_id"),
        Symbol = row.Text("symbol"),
        Side = row.Text("side") switch
        {
            null => null,
            "buy" => Domain.Side.Buy,
            "sell" => Domain.Side.Sell,
            var other => throw new FormatException($"A side is buy or sell; found \"{other}\"."),
        },
        OrderStatus = row.Text("order_status"),
        OrderType = row.Text("order_type"),
        TimeInForce = row.Text("time_in_force"),
        OrderQuantity = row.NotNegative("order_qty"),
        LimitPrice = row.NotNegative("limit_price"),
        LastPrice = row.NotNegative("last_price"),
        LastQuantity = row.NotNegative("last_qty"),
        Cost = row.NotNegative("cost"),
        CumulativeQuantity = row.NotNegative("cum_qty"),
        CumulativeCost = row.NotNegative("cum_cost"),
        AveragePrice = row.NotNegative("avg_price"),
        FeePreference = row.Text("fee_ccy_pref"),
        IsTaker = row.Text("liquidity_ind") is { } liquidity ? liquidity == "t" : null,
        Fees = [.. row.Items("fees").Select(fee => (fee.TextOf("asset"), fee.DecimalOf("qty")))],
        Reason = row.Text("reason") ?? row.Text("cancel_reason"),
        Time = row.Time("timestamp"),
    };

    private static ExecutionKind KindOf(string word) => word switch
    {
        "pending_new" => ExecutionKind.PendingNew,
        "new" => ExecutionKind.New,
        "trade" => ExecutionKind.Trade,
        "filled" => ExecutionKind.Filled,
        "iceberg_refill" => ExecutionKind.IcebergRefill,
        "canceled" => ExecutionKind.Canceled,
        "expired" => ExecutionKind.Expired,
        "amended" => ExecutionKind.Amended,
        "restated" => ExecutionKind.Restated,
        "status" => ExecutionKind.Status,
        _ => ExecutionKind.Unknown,
    };
}
