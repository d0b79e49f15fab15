using System.Globalization;

namespace Parallax.Venues.Kraken.Rest;

/// <summary>The private methods that read the account.</summary>
/// <remarks>
/// What became of an order of ours may use the part of the budget that is kept. Costs: https://docs.kraken.com/api/docs/guides/spot-rest-ratelimits. UNSURE: some sources count 4 instead of 2 for histories.
/// </remarks>
public static class AccountCalls
{
    private const decimal Plain = 1m, History = 2m;

    /// <summary>A token that opens the private feed; good for one connection that begins soon.</summary>
    public static Task<RestAnswer<SessionToken>> WebSocketsTokenAsync(this KrakenRest rest, CancellationToken cancellation) =>
        rest.CallAsync(new PrivateCall("GetWebSocketsToken", Plain) { IsUrgent = true }, AccountAnswers.SessionToken, cancellation);

    /// <summary>What the key may do.</summary>
    public static Task<RestAnswer<ApiKeyInfo>> ApiKeyInfoAsync(this KrakenRest rest, CancellationToken cancellation) =>
        rest.CallAsync(new PrivateCall("GetApiKeyInfo", Plain), AccountAnswers.ApiKeyInfo, cancellation);

    /// <summary>By the venue's codes: see <see cref="Symbols.BalanceAsset"/>.</summary>
    public static Task<RestAnswer<IReadOnlyDictionary<string, ExtendedBalance>>> BalancesAsync(this KrakenRest rest, CancellationToken cancellation) =>
        rest.CallAsync(new PrivateCall("BalanceEx", Plain), AccountAnswers.BalanceEx, cancellation);

    /// <summary>The account's own fees.</summary>
    /// <param name="pairs">Altnames or keys.</param>
    public static Task<RestAnswer<TradeVolume>> TradeVolumeAsync(this KrakenRest rest, IEnumerable<string> pairs, CancellationToken cancellation) =>
        rest.CallAsync(new PrivateCall("TradeVolume", Plain, ("pair", string.Join(',', pairs))), AccountAnswers.TradeVolume, cancellation);

    /// <param name="clientOrderId">Ours; only orders that carry it. All when <see langword="null"/>.</param>
    public static Task<RestAnswer<IReadOnlyList<OrderInfo>>> OpenOrdersAsync(this KrakenRest rest, string? clientOrderId, CancellationToken cancellation) =>
        rest.CallAsync(new PrivateCall("OpenOrders", Plain, [("trades", "true"), .. Named(clientOrderId)]) { IsUrgent = clientOrderId is not null }, AccountAnswers.OpenOrders, cancellation);

    /// <param name="clientOrderId">Ours; only orders that carry it.</param>
    public static Task<RestAnswer<IReadOnlyList<OrderInfo>>> ClosedOrdersAsync(this KrakenRest rest, string clientOrderId, CancellationToken cancellation) =>
        rest.CallAsync(new PrivateCall("ClosedOrders", Plain, [("trades", "true"), .. Named(clientOrderId)]) { IsUrgent = true }, AccountAnswers.ClosedOrders, cancellation);

    /// <summary>Up to fifty orders that closed, the newest first.</summary>
    /// <param name="sinceSeconds">UTC seconds since 1970.</param>
    /// <param name="skip">How many of the newest to pass over.</param>
    public static Task<RestAnswer<HistoryPage<OrderInfo>>> ClosedOrdersAsync(this KrakenRest rest, long sinceSeconds, int skip, CancellationToken cancellation) =>
        rest.CallAsync(
            new PrivateCall("ClosedOrders", Plain, ("trades", "true"), ("start", Text(sinceSeconds)), ("ofs", Text(skip))), AccountAnswers.Paged(AccountAnswers.ClosedOrders), cancellation);

    /// <summary>Up to fifty trades, the newest first.</summary>
    /// <param name="sinceSeconds">UTC seconds since 1970.</param>
    /// <param name="skip">How many of the newest to pass over.</param>
    public static Task<RestAnswer<HistoryPage<TradeInfo>>> TradesAsync(this KrakenRest rest, long sinceSeconds, int skip, CancellationToken cancellation) =>
        rest.CallAsync(
            new PrivateCall("TradesHistory", History, ("start", Text(sinceSeconds)), ("ofs", Text(skip))), AccountAnswers.Paged(AccountAnswers.TradesHistory), cancellation);

    /// <param name="tradeIds">The venue's ids, twenty at most. UNSURE: the bound is from memory.</param>
    public static Task<RestAnswer<IReadOnlyList<TradeInfo>>> TradesAsync(this KrakenRest rest, IEnumerable<string> tradeIds, CancellationToken cancellation) =>
        rest.CallAsync(new PrivateCall("QueryTrades", Plain, ("txid", string.Join(',', tradeIds))) { IsUrgent = true }, AccountAnswers.QueryTrades, cancellation);

    /// <summary>Up to fifty entries of the ledger of one type, the newest first.</summary>
    /// <param name="type"><c>deposit</c>, <c>withdrawal</c>, …</param>
    /// <param name="sinceSeconds">UTC seconds since 1970.</param>
    /// <param name="skip">How many of the newest to pass over.</param>
    public static Task<RestAnswer<HistoryPage<LedgerEntry>>> LedgersAsync(
        this KrakenRest rest, string type, long sinceSeconds, int skip, CancellationToken cancellation) =>
        rest.CallAsync(
            new PrivateCall("Ledgers", History, ("type", type), ("start", Text(sinceSeconds)), ("ofs", Text(skip))) { IsOptional = true }, AccountAnswers.Paged(AccountAnswers.Ledgers), cancellation);

    private static (string, string)[] Named(string? clientOrderId) => clientOrderId is null ? [] : [("cl_ord_id", clientOrderId)];

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
