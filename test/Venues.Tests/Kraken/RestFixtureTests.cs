using System.Text.Json;
using Parallax.Domain;
using Parallax.Testing;
using Parallax.Venues.Kraken;
using Parallax.Venues.Kraken.Feed.Messages;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Recorded REST answers, found as <c>rest_METHOD_anything.json</c> and <c>n_http_*.json</c>.</summary>
[Trait("Category", "Fixtures")]
public sealed class RestFixtureTests
{
    private static readonly Dictionary<string, Func<JsonElement, object>> Readers = new(StringComparer.Ordinal)
    {
        ["AssetPairs"] = MarketAnswers.AssetPairs,
        ["Assets"] = MarketAnswers.Assets,
        ["Depth"] = MarketAnswers.Depth,
        ["Ticker"] = MarketAnswers.Ticker,
        ["SystemStatus"] = MarketAnswers.SystemStatus,
        ["Time"] = MarketAnswers.Time,
        ["Balance"] = AccountAnswers.Balance,
        ["BalanceEx"] = AccountAnswers.BalanceEx,
        ["TradeVolume"] = AccountAnswers.TradeVolume,
        ["GetApiKeyInfo"] = AccountAnswers.ApiKeyInfo,
        ["GetWebSocketsToken"] = AccountAnswers.SessionToken,
        ["OpenOrders"] = AccountAnswers.OpenOrders,
        ["ClosedOrders"] = AccountAnswers.ClosedOrders,
        ["TradesHistory"] = AccountAnswers.TradesHistory,
        ["AddOrder"] = OrderAnswers.AddOrder,
        ["AddOrderBatch"] = OrderAnswers.AddOrderBatch,
        ["CancelOrder"] = OrderAnswers.CancelOrder,
    };

    public static TheoryData<string> Answers => KrakenFixtures.Files("rest_*_*.json");

    public static TheoryData<string> Errors => KrakenFixtures.Files("rest_errors*.jsonl");

    public static TheoryData<string> HttpFiles => KrakenFixtures.Files("n_http_*.json");

    public static TheoryData<string> ProtocolFiles => KrakenFixtures.Files("http_*.json", KrakenFixtures.Protocol);

    public static TheoryData<string> PairLists => KrakenFixtures.Files("asset_pairs*.json");

    [SharedTheory]
    [MemberData(nameof(Answers))]
    public void A_rest_answer_is_read_into_its_type(string file) => Check(KrakenFixtures.Read(file), file.Split('_')[1], file);

    [SharedTheory]
    [MemberData(nameof(HttpFiles))]
    public void A_recorded_http_answer_is_read_into_its_type(string file) => Check(KrakenFixtures.Read(file), MethodOf(file["n_http_".Length..]), file);

    [SharedTheory]
    [MemberData(nameof(ProtocolFiles))]
    public void A_protocol_fixture_is_read_or_refused_cleanly(string file)
    {
        var body = KrakenFixtures.Read(file, KrakenFixtures.Protocol);
        if (file.Contains("futures", StringComparison.Ordinal))
        {
            // Another product with other answers.
            Assert.NotNull(RestAnswer.Read(body, result => result.GetRawText()).Malformed);
            return;
        }

        Check(body, MethodOf(file["http_".Length..]), file);
    }

    [SharedTheory]
    [MemberData(nameof(Errors))]
    public void Every_documented_error_has_a_class(string file)
    {
        foreach (var line in File.ReadLines(KrakenFixtures.PathOf(file)))
        {
            var answer = RestAnswer.Read(System.Text.Encoding.UTF8.GetBytes(line), result => result.GetRawText());
            Assert.Null(answer.Malformed);
            Assert.Null(answer.Result);
            Assert.All(answer.Errors, error => Assert.True(ErrorCodes.Classify(error) != ErrorClass.Unknown, error));
            Assert.NotEmpty(answer.Errors);
        }
    }

    [SharedTheory]
    [MemberData(nameof(PairLists))]
    public void A_full_list_of_pairs_becomes_instruments_without_dark_pools(string file)
    {
        var body = KrakenFixtures.Read(file);
        using var document = JsonDocument.Parse(body);
        var pairs = document.RootElement.TryGetProperty("result", out var result) ? MarketAnswers.AssetPairs(result) : MarketAnswers.AssetPairs(document.RootElement);
        var instruments = pairs.Select(p => p.ToInstrument(new VenueId("kraken"), 10)).OfType<Instrument>().ToArray();
        Assert.NotEmpty(instruments);
        Assert.Equal(instruments.Length, instruments.Select(i => i.Symbol).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(instruments, i => i.Symbol == "BTC/USD");
        Assert.DoesNotContain(pairs.Where(p => p.IsEligible), p => p.Key.EndsWith(".d", StringComparison.Ordinal));
        Assert.All(instruments, i => i.Validated());
    }

    [SharedFact]
    public void Tokenized_shares_are_not_eligible()
    {
        var pair = Assert.Single(Read("n_http_asset_pairs_tokenized.json", MarketAnswers.AssetPairs));
        Assert.False(pair.IsEligible);
        Assert.Null(pair.ToInstrument(new VenueId("kraken"), 10));
    }

    [SharedFact]
    public void A_pair_carries_its_steps_minimums_and_fees()
    {
        var pair = Assert.Single(Read("n_http_asset_pairs.json", MarketAnswers.AssetPairs));
        var instrument = pair.ToInstrument(new VenueId("kraken"), 10)!;
        Assert.Equal("BTC/USDT", instrument.Symbol);
        Assert.Equal((0.1m, 0.00000001m, 1, 8), (instrument.TickSize, instrument.LotSize, instrument.PriceDecimals, instrument.QuantityDecimals));
        Assert.Equal((0m, 0.004m), pair.TakerFees[0]);
        Assert.Equal(MarketStatus.Online, pair.Status);
    }

    [SharedFact]
    public void Account_answers_carry_their_numbers()
    {
        var balances = Read("rest_Balance_GetBalances.json", AccountAnswers.Balance);
        Assert.Equal(1011.1908877900m, balances["XXBT"]);
        var usd = Read("rest_BalanceEx_GetAvailableBalances.json", AccountAnswers.BalanceEx)["ZUSD"];
        Assert.Equal(25435.21m - 8249.76m, usd.Available);
        var volume = Read("rest_TradeVolume_GetTradeVolume.json", AccountAnswers.TradeVolume);
        Assert.Equal((200709587.4223m, 0.001m, 0m), (volume.Volume, volume.TakerRates["XXBTZUSD"], volume.MakerRates["XXBTZUSD"]));
        Assert.True(Read("rest_GetApiKeyInfo_GetApiKeyInfo.json", AccountAnswers.ApiKeyInfo).CanWithdraw);
        var trades = Read("rest_TradesHistory_GetUserTrades.json", AccountAnswers.TradesHistory);
        Assert.Equal(("THVRQM-33VKH-UCI7BS", 30010m, 0.02m, 1688667796.8802m), (trades[0].TradeId, trades[0].Price, trades[0].Quantity, trades[0].Seconds));
        var orders = Read("rest_OpenOrders_GetOpenOrders.json", AccountAnswers.OpenOrders);
        Assert.Equal(("OQCLML-BW3P3-BUCMWZ", 0.375m), (orders[0].OrderId, orders[0].ExecutedQuantity));
        Assert.Equal("OUF4EM-FRGI2-MQMWZD", Assert.Single(Read("rest_AddOrder_PlaceOrder.json", OrderAnswers.AddOrder).OrderIds));
        Assert.Equal(2, Read("rest_AddOrderBatch_PlaceMultipleOrders.json", OrderAnswers.AddOrderBatch).Count);
        Assert.Equal(1, Read("rest_CancelOrder_CancelOrder.json", OrderAnswers.CancelOrder).Count);
    }

    private static string MethodOf(string name) => Path.GetFileNameWithoutExtension(name) switch
    {
        "asset_pairs" or "asset_pairs_tokenized" => "AssetPairs",
        "order_book" => "Depth",
        "ticker" => "Ticker",
        "server_time" => "Time",
        "system_status" => "SystemStatus",
        var other => other,
    };

    private static void Check(byte[] body, string method, string file)
    {
        // A method that we do not use still has to be recognized as an answer.
        var answer = RestAnswer.Read(body, Readers.GetValueOrDefault(method, result => result.GetRawText()));
        Assert.True(answer.Malformed is null, $"{file}: {answer.Malformed}");
        Assert.True(answer.Result is not null || answer.Errors.Count > 0, file);
    }

    private static T Read<T>(string file, Func<JsonElement, T> read)
        where T : class
    {
        var answer = RestAnswer.Read(KrakenFixtures.Read(file), read);
        Assert.Null(answer.Malformed);
        return answer.Result!;
    }
}
