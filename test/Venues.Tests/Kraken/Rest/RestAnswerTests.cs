using System.Text;
using System.Text.Json;
using Parallax.Testing;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Tests.Kraken.Rest;

public sealed class RestAnswerTests
{
    public static TheoryData<string> Answers => VenueFiles.WithPrefix("rest_", "n_http_", "http_", "asset_pairs_full_");

    [SharedTheory]
    [Trait("Category", "Fixtures")]
    [MemberData(nameof(Answers))]
    public void Every_recorded_answer_is_read_by_the_method_in_its_name(string file)
    {
        foreach (var frame in VenueFiles.Frames(file))
        {
            using var document = JsonDocument.Parse(frame.Text);
            var outcome = RestMethods.Read(RestMethods.Of(file), frame.Text);
            if (!document.RootElement.TryGetProperty("error", out var errors) || errors.ValueKind != JsonValueKind.Array)
            {
                Assert.Equal("Unreadable", outcome.Kind);
                continue;
            }

            var refusals = errors.EnumerateArray().Select(text => text.GetString()!).Where(text => !text.StartsWith('W')).ToArray();
            Assert.Equal(refusals, outcome.Errors);
            Assert.True(outcome.Kind == (refusals.Length > 0 ? "Refused" : "Answered"), outcome.Reason);
        }
    }

    [Theory]
    [InlineData("OpenOrders", "{}")]
    [InlineData("OpenOrders", "[]")]
    [InlineData("ClosedOrders", "{\"open\":{}}")]
    [InlineData("TradesHistory", "{}")]
    [InlineData("AddOrderBatch", "{}")]
    [InlineData("Depth", "{\"XXBTZUSD\":{\"asks\":[]}}")]
    [InlineData("GetApiKeyInfo", "{\"api_key_name\":\"k\"}")]
    [InlineData("Time", "{\"unixtime\":9223372036854775807}")]
    [InlineData("Ticker", "{\"X\":{\"a\":[\"-1\"],\"b\":[\"1\"],\"c\":[\"1\"]}}")]
    [InlineData("Balance", "{\"ZUSD\":1e25}")]
    public void An_answer_without_what_matters_never_looks_like_an_empty_one(string method, string result) =>
        Assert.Equal("Unreadable", RestMethods.Read(method, Encoding.UTF8.GetBytes($$"""{"error":[],"result":{{result}}}""")).Kind);

    [Fact]
    public void A_body_beyond_the_limit_is_refused_unread()
    {
        var huge = new byte[RestAnswer.BodyBytesMax + 1];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.NotNull(RestAnswer.Read(huge, MarketAnswers.AssetPairs).Malformed);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 10);
    }

    [Fact]
    public void A_key_without_the_rights_we_need_says_which()
    {
        var key = Result("""{"api_key_name":"k","permissions":["query-funds","modify-trades"]}""", AccountAnswers.ApiKeyInfo);

        Assert.Equal(["query-open-trades", "query-closed-trades", "close-trades", "create-ws-token"], key.Missing);
        Assert.False(key.CanWithdraw);
    }

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void A_pair_carries_both_fee_schedules_as_fractions()
    {
        var today = RestAnswer.Read(KrakenFixtures.Read("n_http_asset_pairs.json"), MarketAnswers.AssetPairs).Result![0];
        var shares = RestAnswer.Read(KrakenFixtures.Read("n_http_asset_pairs_tokenized.json"), MarketAnswers.AssetPairs).Result![0];
        var old = RestAnswer.Read(KrakenFixtures.Read("asset_pairs_full_2021-04-17.json"), MarketAnswers.AssetPairs).Result!;

        Assert.Equal(((0m, 0.004m), (10_000_000m, 0m), 5), (today.TakerFees[0], today.MakerFees[^1], today.CostDecimals));
        Assert.Equal((0m, -0.0002m), Assert.Single(shares.MakerFees));
        Assert.Equal((304, 293, null), (old.Count, old.Count(pair => pair.IsEligible), old[0].CostDecimals));
    }

    [Fact]
    public void A_ticker_of_zeros_has_no_price() =>
        Assert.Equal(new TickerQuote("X", null, 1.5m, null), Assert.Single(Result("""{"X":{"a":["1.50","1"],"b":["0"],"c":["0.0"]}}""", MarketAnswers.Ticker)));

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void Open_orders_carry_what_settles_an_unknown_outcome()
    {
        var orders = RestAnswer.Read(KrakenFixtures.Read("rest_OpenOrders_GetOpenOrders.json"), AccountAnswers.OpenOrders).Result!;

        Assert.Equal((1.25m, 0.375m, 11253.7m, 30010m, "fciq"), (orders[0].Quantity, orders[0].ExecutedQuantity, orders[0].Cost, orders[0].LimitPrice, orders[0].Flags));
        Assert.Equal(["TCCCTY-WE2O6-P3NB37"], orders[0].TradeIds);
        Assert.Equal((45326L, 14500m), (orders[1].UserReference, orders[1].LimitPrice));
    }

    [Fact]
    public void Orders_asked_for_by_id_are_read_like_open_ones()
    {
        const string Order = """{"O1":{"cl_ord_id":"c1","status":"closed","descr":{"pair":"XBTUSD","type":"sell","price":"0"},"vol":"1","vol_exec":"1","cost":"5","fee":"0.01","price":"5"}}""";
        var order = Assert.Single(Result(Order, AccountAnswers.QueryOrders));

        Assert.Equal(("O1", "c1", "closed", null), (order.OrderId, order.ClientOrderId, order.Status, order.LimitPrice));
        Assert.Equal("O1", Assert.Single(Result($$"""{"closed":{{Order}},"count":1}""", AccountAnswers.ClosedOrders)).OrderId);
    }

    private static T Result<T>(string result, Func<JsonElement, T> read)
        where T : class =>
        RestAnswer.Read(Encoding.UTF8.GetBytes($$"""{"error":[],"result":{{result}}}"""), read).Result!;
}
