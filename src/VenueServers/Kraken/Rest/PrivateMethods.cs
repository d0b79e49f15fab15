using System.Globalization;
using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Markets;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>Answers one private method for an account that has proved itself.</summary>
internal delegate string? PrivateMethod(Account account, RestRequest request, Utf8JsonWriter result);

/// <summary>The REST methods about funds and orders that exist already. Shapes: the recorded answers of the venue.</summary>
internal sealed class PrivateMethods
{
    private readonly Exchange.Exchange _exchange;
    private readonly Dictionary<string, (KrakenPermissions Needed, PrivateMethod Run)> _methods;

    public PrivateMethods(Exchange.Exchange exchange, RestOrders orders)
    {
        _exchange = exchange;
        _methods = new Dictionary<string, (KrakenPermissions, PrivateMethod)>
        {
            ["GetWebSocketsToken"] = (KrakenPermissions.CreateWebSocketToken, Token),
            ["GetApiKeyInfo"] = (KrakenPermissions.None, KeyInfo),
            ["Balance"] = (KrakenPermissions.QueryFunds, Balance),
            ["BalanceEx"] = (KrakenPermissions.QueryFunds, BalanceEx),
            ["TradeVolume"] = (KrakenPermissions.QueryFunds, TradeVolume),
            ["OpenOrders"] = (KrakenPermissions.QueryOpenTrades, OpenOrders),
            ["ClosedOrders"] = (KrakenPermissions.QueryClosedTrades, ClosedOrders),
            ["QueryOrders"] = (KrakenPermissions.QueryOpenTrades, QueryOrders),
            ["TradesHistory"] = (KrakenPermissions.QueryClosedTrades, TradesHistory),
            ["QueryTrades"] = (KrakenPermissions.QueryClosedTrades, QueryTrades),
            ["AddOrder"] = (KrakenPermissions.ModifyTrades, orders.Add),
            ["CancelOrder"] = (KrakenPermissions.CloseTrades, orders.Cancel),
            ["CancelAll"] = (KrakenPermissions.CloseTrades, orders.CancelAll),
            ["CancelAllOrdersAfter"] = (KrakenPermissions.CloseTrades, orders.CancelAllAfter),
            ["Ledgers"] = (KrakenPermissions.QueryLedger, Ledgers),
        };
    }

    /// <returns><see langword="null"/> when there is no such method.</returns>
    public (KrakenPermissions Needed, PrivateMethod Run)? Find(string method) => _methods.TryGetValue(method, out var found) ? found : null;

    private string? Token(Account account, RestRequest request, Utf8JsonWriter result)
    {
        var token = _exchange.Ids.NextToken();
        _exchange.Accounts.Admit(token, account, request.Time);
        result.WriteStartObject();
        result.WriteString("token", token);
        result.WriteNumber("expires", 900);
        result.WriteEndObject();
        return null;
    }

    private static string? KeyInfo(Account account, RestRequest request, Utf8JsonWriter result)
    {
        var seconds = (request.Time / UtcNanos.PerSecond).ToString(CultureInfo.InvariantCulture);
        result.WriteStartObject();
        result.WriteString("api_key_name", "simulator");
        result.WriteString("api_key", account.Key);
        result.WriteString("nonce", account.LastNonce.ToString(CultureInfo.InvariantCulture));
        result.WriteString("nonce_window", account.NonceWindow.ToString(CultureInfo.InvariantCulture));
        result.WriteStartArray("permissions");
        foreach (var (permission, name) in PermissionNames)
        {
            if (account.Can(permission))
            {
                result.WriteStringValue(name);
            }
        }

        result.WriteEndArray();
        result.WriteString("iban", "");
        result.WriteString("valid_until", "0");
        result.WriteString("query_from", "0");
        result.WriteString("query_to", "0");
        result.WriteString("created_time", seconds);
        result.WriteString("modified_time", seconds);
        result.WriteStartArray("ip_allowlist");
        result.WriteEndArray();
        result.WriteString("last_used", seconds);
        result.WriteEndObject();
        return null;
    }

    private static readonly (KrakenPermissions Permission, string Name)[] PermissionNames =
    [
        (KrakenPermissions.QueryFunds, "query-funds"),
        (KrakenPermissions.WithdrawFunds, "withdraw-funds"),
        (KrakenPermissions.QueryOpenTrades, "query-open-trades"),
        (KrakenPermissions.QueryClosedTrades, "query-closed-trades"),
        (KrakenPermissions.ModifyTrades, "modify-trades"),
        (KrakenPermissions.CloseTrades, "close-trades"),
        (KrakenPermissions.QueryLedger, "query-ledger"),
        (KrakenPermissions.CreateWebSocketToken, "create-ws-token"),
    ];

    private static string? Balance(Account account, RestRequest request, Utf8JsonWriter result)
    {
        result.WriteStartObject();
        foreach (var (asset, funds) in account.Balances)
        {
            result.WriteString(AssetNames.Of(asset).Key, Text(funds.Balance));
        }

        result.WriteEndObject();
        return null;
    }

    private static string? BalanceEx(Account account, RestRequest request, Utf8JsonWriter result)
    {
        result.WriteStartObject();
        foreach (var (asset, funds) in account.Balances)
        {
            result.WriteStartObject(AssetNames.Of(asset).Key);
            result.WriteNumber("balance", funds.Balance);
            result.WriteNumber("hold_trade", funds.Held);
            result.WriteEndObject();
        }

        result.WriteEndObject();
        return null;
    }

    private string? TradeVolume(Account account, RestRequest request, Utf8JsonWriter result)
    {
        var markets = request.Texts("pair").Select(_exchange.Directory.ByName).ToList();
        if (markets.Contains(null))
        {
            return "EQuery:Unknown asset pair";
        }

        result.WriteStartObject();
        result.WriteString("currency", "ZUSD");
        result.WriteString("volume", "0.0000");
        Fees("fees", _exchange.Accounts.Fees.Taker);
        Fees("fees_maker", _exchange.Accounts.Fees.Maker);
        result.WriteEndObject();
        return null;

        void Fees(string name, decimal rate)
        {
            var percent = (rate * 100).ToString("F4", CultureInfo.InvariantCulture);
            result.WriteStartObject(name);
            foreach (var market in markets)
            {
                result.WriteStartObject(market!.Names.Key);
                result.WriteString("fee", percent);
                result.WriteString("minfee", percent);
                result.WriteString("maxfee", percent);
                result.WriteNull("nextfee");
                result.WriteNull("nextvolume");
                result.WriteString("tiervolume", "0.0000");
                result.WriteEndObject();
            }

            result.WriteEndObject();
        }
    }

    private static string? OpenOrders(Account account, RestRequest request, Utf8JsonWriter result)
    {
        result.WriteStartObject();
        Rows.Write(result, "open", account.OpenOrders.Values.Where(order => IsWanted(order, request)), OrderRows.Write);
        result.WriteEndObject();
        return null;
    }

    private static string? ClosedOrders(Account account, RestRequest request, Utf8JsonWriter result)
    {
        var closed = Enumerable.Reverse(account.ClosedOrders).Where(order => IsWanted(order, request) && request.IsWithin(order.CloseTime!.Value)).ToList();
        result.WriteStartObject();
        Rows.Write(result, "closed", Page(closed, request), OrderRows.Write);
        result.WriteNumber("count", closed.Count);
        result.WriteEndObject();
        return null;
    }

    private static string? QueryOrders(Account account, RestRequest request, Utf8JsonWriter result)
    {
        var wanted = request.Texts("txid");
        var found = account.OpenOrders.Values.Concat(account.ClosedOrders).Where(order => wanted.Contains(order.Id) || IsNamed(order, request)).ToList();
        if (found.Count == 0)
        {
            return wanted.Length == 0 && request.Text("cl_ord_id") is null && request.Text("userref") is null
                ? "EGeneral:Invalid arguments"
                : "EOrder:Unknown order";
        }

        Rows.Write(result, null, found, OrderRows.Write);
        return null;
    }

    private static string? TradesHistory(Account account, RestRequest request, Utf8JsonWriter result)
    {
        var fills = Enumerable.Reverse(account.Fills).Where(fill => request.IsWithin(fill.Time)).ToList();
        result.WriteStartObject();
        Rows.Write(result, "trades", Page(fills, request), TradeRows.Write);
        result.WriteNumber("count", fills.Count);
        result.WriteEndObject();
        return null;
    }

    private static string? Ledgers(Account account, RestRequest request, Utf8JsonWriter result)
    {
        var entries = Enumerable.Reverse(account.Ledger)
            .Where(entry => request.IsWithin(entry.Time) && (request.Text("type") is null or "all" || request.Text("type") == entry.Type))
            .ToList();
        result.WriteStartObject();
        Rows.Write(result, "ledger", Page(entries, request), LedgerRows.Write);
        result.WriteNumber("count", entries.Count);
        result.WriteEndObject();
        return null;
    }

    private static string? QueryTrades(Account account, RestRequest request, Utf8JsonWriter result)
    {
        var wanted = request.Texts("txid");
        Rows.Write(result, null, account.Fills.Where(fill => wanted.Contains(fill.Id)), TradeRows.Write);
        return null;
    }

    /// <summary>Fifty a page, as on the venue; <c>ofs</c> skips.</summary>
    private static IEnumerable<T> Page<T>(List<T> newestFirst, RestRequest request) => newestFirst.Skip(Math.Max(0, request.Number("ofs") ?? 0)).Take(50);

    private static bool IsWanted(Order order, RestRequest request) =>
        (request.Text("cl_ord_id") is null && request.Text("userref") is null) || IsNamed(order, request);

    private static bool IsNamed(Order order, RestRequest request) =>
        (order.Terms.ClientId is { } id && id == request.Text("cl_ord_id"))
        || (order.Terms.UserReference is { } reference && reference == request.Number("userref"));

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
