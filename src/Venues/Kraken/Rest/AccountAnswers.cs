using System.Text.Json;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Rest;

/// <summary>Results of the private methods that read the account.</summary>
public static class AccountAnswers
{
    /// <summary><c>Balance</c>: code to amount, held orders not taken off. Codes are the venue's: see <see cref="Symbols.BalanceAsset"/>.</summary>
    public static IReadOnlyDictionary<string, decimal> Balance(JsonElement result) => result.EnumerateObject().ToDictionary(
        asset => asset.Name,
        asset => JsonFields.TryDecimal(asset.Value, out var amount) ? amount : throw new FormatException($"The balance of {asset.Name} is not a number."),
        StringComparer.Ordinal);

    /// <summary><c>BalanceEx</c>: code to amounts.</summary>
    public static IReadOnlyDictionary<string, ExtendedBalance> BalanceEx(JsonElement result) => result.EnumerateObject().ToDictionary(
        asset => asset.Name,
        asset => new ExtendedBalance(
            asset.Value.DecimalOf("balance"),
            asset.Value.Decimal("hold_trade") ?? 0m,
            asset.Value.Decimal("credit") ?? 0m,
            asset.Value.Decimal("credit_used") ?? 0m),
        StringComparer.Ordinal);

    /// <summary><c>TradeVolume</c>: the account's own fees, by pair key.</summary>
    public static TradeVolume TradeVolume(JsonElement result) => new(
        result.TextOf("currency"), result.DecimalOf("volume"), Rates(result, "fees"), Rates(result, "fees_maker"));

    /// <summary><c>GetApiKeyInfo</c>.</summary>
    public static ApiKeyInfo ApiKeyInfo(JsonElement result) => new(
        result.TextOf("api_key_name"), [.. result.ItemsOf("permissions").Select(p => p.GetString() ?? "")]);

    /// <summary><c>GetWebSocketsToken</c>.</summary>
    public static SessionToken SessionToken(JsonElement result) => new(result.TextOf("token"), TimeSpan.FromSeconds(result.Int32Of("expires")));

    /// <summary><c>OpenOrders</c>; <c>ClosedOrders</c> has the same rows under another name.</summary>
    public static IReadOnlyList<OrderInfo> OpenOrders(JsonElement result) => [.. result.MembersOf("open").Select(OrderInfo.Read)];

    /// <summary><c>ClosedOrders</c>.</summary>
    public static IReadOnlyList<OrderInfo> ClosedOrders(JsonElement result) => [.. result.MembersOf("closed").Select(OrderInfo.Read)];

    /// <summary><c>QueryOrders</c>: only the orders that were asked for and are known.</summary>
    public static IReadOnlyList<OrderInfo> QueryOrders(JsonElement result) => [.. result.EnumerateObject().Select(OrderInfo.Read)];

    /// <summary><c>TradesHistory</c>.</summary>
    public static IReadOnlyList<TradeInfo> TradesHistory(JsonElement result) => [.. result.MembersOf("trades").Select(TradeInfo.Read)];

    /// <summary><c>QueryTrades</c>.</summary>
    public static IReadOnlyList<TradeInfo> QueryTrades(JsonElement result) => [.. result.EnumerateObject().Select(TradeInfo.Read)];

    /// <summary><c>Ledgers</c>.</summary>
    public static IReadOnlyList<LedgerEntry> Ledgers(JsonElement result) => [.. result.MembersOf("ledger").Select(LedgerEntry.Read)];

    /// <summary>A page of a history, with the venue's count of the whole of it.</summary>
    /// <param name="rows">Reads the rows of the page.</param>
    public static Func<JsonElement, HistoryPage<T>> Paged<T>(Func<JsonElement, IReadOnlyList<T>> rows) => result => new(rows(result), (int?)result.Int64("count"));

    private static Dictionary<string, decimal> Rates(JsonElement result, string name) => result.Members(name).ToDictionary(
        pair => pair.Name, pair => pair.Value.DecimalOf("fee") / 100m, StringComparer.Ordinal);
}

/// <param name="Rows">Newest first, fifty at the most.</param>
/// <param name="Count">Of all pages; <see langword="null"/> where the venue does not say.</param>
public sealed record HistoryPage<T>(IReadOnlyList<T> Rows, int? Count);

/// <param name="HeldByOrders">Part of the balance that open orders hold.</param>
public sealed record ExtendedBalance(decimal Balance, decimal HeldByOrders, decimal Credit, decimal CreditUsed)
{
    public decimal Available => Balance + Credit - CreditUsed - HeldByOrders;
}

/// <param name="Currency">The currency of the volume, in the venue's code.</param>
/// <param name="Volume">Over 30 days.</param>
/// <param name="TakerRates">Fractions: 0.001, not 0.1 percent.</param>
public sealed record TradeVolume(
    string Currency, decimal Volume, IReadOnlyDictionary<string, decimal> TakerRates, IReadOnlyDictionary<string, decimal> MakerRates);

public sealed record ApiKeyInfo(string Name, IReadOnlyList<string> Permissions)
{
    /// <summary>The permission that no key of ours may have.</summary>
    public const string Withdraw = "withdraw-funds";

    /// <summary>A key that can move money out is refused at start.</summary>
    public bool CanWithdraw => Permissions.Contains(Withdraw);

    /// <summary>Without which we cannot trade.</summary>
    public static IReadOnlyList<string> Required { get; } =
        ["query-funds", "query-open-trades", "query-closed-trades", "modify-trades", "close-trades", "create-ws-token"];

    /// <summary>Those of the required permissions that the key has not; empty when it will do.</summary>
    public IEnumerable<string> Missing => Required.Except(Permissions);
}

/// <summary>Lets a connection subscribe to private channels and place orders. Once used, it lasts as long as that connection.</summary>
/// <param name="UsableFor">How long it may wait for its first use.</param>
public sealed record SessionToken(string Token, TimeSpan UsableFor)
{
    /// <summary>Never the token itself.</summary>
    public override string ToString() => "SessionToken ***";
}

/// <summary>An order as REST lists it.</summary>
/// <param name="OrderId">The venue's id.</param>
/// <param name="Status"><c>pending</c>, <c>open</c>, <c>closed</c>, <c>canceled</c>, <c>expired</c>.</param>
/// <param name="Price">Average price of the fills; zero before the first.</param>
public sealed record OrderInfo(
    string OrderId, string Status, string? ClientOrderId, string Pair, string Type, decimal Quantity, decimal ExecutedQuantity, decimal Cost, decimal Fee, decimal Price)
{
    public long? UserReference { get; init; }

    /// <summary>Quote per base; <see langword="null"/> for an order without a limit.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>The venue's words behind each other: <c>fciq,post</c>. With <c>fcib</c> the fee is in base.</summary>
    public string Flags { get; init; } = "";

    /// <summary>Ids of its fills, where they were asked for.</summary>
    public IReadOnlyList<string> TradeIds { get; init; } = [];

    internal static OrderInfo Read(JsonProperty order)
    {
        var fields = order.Value;
        var description = fields.Field("descr") ?? throw new FormatException("\"descr\" is missing.");
        return new OrderInfo(
            order.Name, fields.TextOf("status"), fields.Text("cl_ord_id"), description.TextOf("pair"), description.TextOf("type"),
            fields.DecimalOf("vol"), fields.DecimalOf("vol_exec"), fields.DecimalOf("cost"), fields.DecimalOf("fee"), fields.DecimalOf("price"))
        {
            UserReference = fields.Int64("userref"),
            LimitPrice = description.NotNegative("price") is > 0m and var limit ? limit : null,
            Flags = fields.Text("oflags") ?? "",
            TradeIds = [.. fields.Items("trades").Select(id => id.GetString() ?? "")],
        };
    }
}

/// <summary>A fill as REST lists it.</summary>
/// <param name="TradeId">The venue's id: fills are deduplicated by it.</param>
/// <param name="Fee">In quote, unless the order asked for base.</param>
/// <param name="Seconds">UTC seconds since 1970, with decimals.</param>
public sealed record TradeInfo(
    string TradeId, string OrderId, string Pair, string Type, decimal Price, decimal Quantity, decimal Cost, decimal Fee, bool? IsMaker, decimal Seconds)
{
    internal static TradeInfo Read(JsonProperty trade)
    {
        var fields = trade.Value;
        return new TradeInfo(
            trade.Name, fields.TextOf("ordertxid"), fields.TextOf("pair"), fields.TextOf("type"), fields.DecimalOf("price"),
            fields.DecimalOf("vol"), fields.DecimalOf("cost"), fields.DecimalOf("fee"), fields.Bool("maker"), fields.DecimalOf("time"));
    }
}

/// <summary>An entry of the account's ledger. UNSURE: its field names are from memory; those of the balances channel are the same but for <c>refid</c>.</summary>
/// <param name="LedgerId">The venue's id of the entry.</param>
/// <param name="ReferenceId">What caused it: a deposit's id, for example.</param>
/// <param name="Type"><c>deposit</c>, <c>withdrawal</c>, <c>trade</c>, …</param>
/// <param name="Asset">The venue's code: see <see cref="Symbols.BalanceAsset"/>.</param>
/// <param name="Amount">Fee not included; negative went out.</param>
public sealed record LedgerEntry(string LedgerId, string ReferenceId, string Type, string Asset, decimal Amount, decimal Fee)
{
    internal static LedgerEntry Read(JsonProperty entry)
    {
        var fields = entry.Value;
        return new LedgerEntry(
            entry.Name, fields.TextOf("refid"), fields.TextOf("type"), fields.TextOf("asset"), fields.DecimalOf("amount"), fields.Decimal("fee") ?? 0m);
    }
}
