using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Tests.Kraken.Rest;

/// <summary>What reading an answer came to, whatever the answer.</summary>
internal sealed record RestOutcome(string Kind, IReadOnlyList<string> Errors, string Reason);

/// <summary>Every reader under its method's name.</summary>
internal static class RestMethods
{
    public delegate RestOutcome Reader(byte[] body);

    public static IReadOnlyDictionary<string, Reader> All { get; } = new Dictionary<string, Reader>
    {
        ["AssetPairs"] = body => Outcome(RestAnswer.Read(body, MarketAnswers.AssetPairs)),
        ["Assets"] = body => Outcome(RestAnswer.Read(body, MarketAnswers.Assets)),
        ["Depth"] = body => Outcome(RestAnswer.Read(body, MarketAnswers.Depth)),
        ["Ticker"] = body => Outcome(RestAnswer.Read(body, MarketAnswers.Ticker)),
        ["Time"] = body => Outcome(RestAnswer.Read(body, MarketAnswers.Time)),
        ["SystemStatus"] = body => Outcome(RestAnswer.Read(body, MarketAnswers.SystemStatus)),
        ["Balance"] = body => Outcome(RestAnswer.Read(body, AccountAnswers.Balance)),
        ["BalanceEx"] = body => Outcome(RestAnswer.Read(body, AccountAnswers.BalanceEx)),
        ["TradeVolume"] = body => Outcome(RestAnswer.Read(body, AccountAnswers.TradeVolume)),
        ["GetApiKeyInfo"] = body => Outcome(RestAnswer.Read(body, AccountAnswers.ApiKeyInfo)),
        ["GetWebSocketsToken"] = body => Outcome(RestAnswer.Read(body, AccountAnswers.SessionToken)),
        ["AddOrder"] = body => Outcome(RestAnswer.Read(body, OrderAnswers.AddOrder)),
        ["AddOrderBatch"] = body => Outcome(RestAnswer.Read(body, OrderAnswers.AddOrderBatch)),
        ["CancelOrder"] = body => Outcome(RestAnswer.Read(body, OrderAnswers.CancelOrder)),
        ["OpenOrders"] = body => Outcome(RestAnswer.Read(body, AccountAnswers.OpenOrders)),
        ["ClosedOrders"] = body => Outcome(RestAnswer.Read(body, AccountAnswers.ClosedOrders)),
        ["QueryOrders"] = body => Outcome(RestAnswer.Read(body, AccountAnswers.QueryOrders)),
        ["TradesHistory"] = body => Outcome(RestAnswer.Read(body, AccountAnswers.TradesHistory)),
        ["QueryTrades"] = body => Outcome(RestAnswer.Read(body, AccountAnswers.QueryTrades)),
        [""] = body => Outcome(RestAnswer.Read(body, result => result.GetRawText())),
    };

    /// <summary>The method in a file's name; empty for one that has no reader of its own.</summary>
    public static string Of(string file)
    {
        var name = Path.GetFileName(file);
        var method = name switch
        {
            _ when name.StartsWith("rest_", StringComparison.Ordinal) => name.Split('_', '.')[1],
            _ when name.Contains("http_asset_pairs", StringComparison.Ordinal) || name.StartsWith("asset_pairs_full_", StringComparison.Ordinal) => "AssetPairs",
            _ when name.Contains("http_order_book", StringComparison.Ordinal) => "Depth",
            _ when name.Contains("http_ticker", StringComparison.Ordinal) => "Ticker",
            _ when name.Contains("http_server_time", StringComparison.Ordinal) => "Time",
            _ when name.Contains("http_system_status", StringComparison.Ordinal) => "SystemStatus",
            _ => "",
        };
        return All.ContainsKey(method) ? method : "";
    }

    public static RestOutcome Read(string method, byte[] body) => All[method](body);

    private static RestOutcome Outcome<T>(RestAnswer<T> answer)
        where T : class => new(
            answer.Malformed is not null ? "Unreadable" : answer.Errors.Count > 0 ? "Refused" : answer.Result is not null ? "Answered" : "Nothing",
            answer.Errors,
            answer.Malformed ?? "");
}
