using System.Text;
using Parallax.Testing;
using Parallax.Venues.Kraken.Feed.Messages;
using Parallax.Venues.Kraken.Rest;
using Parallax.Venues.Tests.Wire;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Mutated messages end in a message of some type, or in one that says it is malformed; nothing escapes.</summary>
public sealed class FeedMessageFuzzTests
{
    private static readonly string[] Samples =
    [
        "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"system\":\"online\",\"api_version\":\"v2\",\"connection_id\":18266300427528990701}]}",
        "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\"A/B\",\"bid\":1,\"bid_qty\":2,\"ask\":3,\"ask_qty\":4,\"last\":5}]}",
        "{\"channel\":\"instrument\",\"type\":\"snapshot\",\"data\":{\"assets\":[{\"id\":\"USD\",\"status\":\"enabled\",\"precision\":4}],\"pairs\":[{\"symbol\":\"A/B\","
            + "\"base\":\"A\",\"quote\":\"B\",\"status\":\"online\",\"price_precision\":1,\"price_increment\":0.1,\"qty_precision\":8,\"qty_increment\":1e-08,\"qty_min\":1}]}}",
        "{\"channel\":\"executions\",\"type\":\"update\",\"data\":[{\"order_id\":\"O\",\"exec_type\":\"trade\",\"side\":\"buy\",\"exec_id\":\"T\",\"last_price\":2,\"last_qty\":1.5,\"fees\":[{\"asset\":\"USD\",\"qty\":1}],"
            + "\"trade_id\":7,\"timestamp\":\"2023-09-22T10:33:05.709993Z\"}],\"sequence\":10}",
        "{\"channel\":\"balances\",\"type\":\"snapshot\",\"data\":[{\"asset\":\"BTC\",\"balance\":1,\"wallets\":[{\"type\":\"spot\",\"id\":\"main\",\"balance\":1}]}],\"sequence\":1}",
        "{\"method\":\"add_order\",\"req_id\":42,\"success\":true,\"result\":{\"order_id\":\"O\",\"cl_ord_id\":\"c\",\"warnings\":[\"w\"]},\"time_in\":\"x\"}",
        "{\"method\":\"batch_add\",\"success\":true,\"result\":{\"orders\":[{\"order_id\":\"O\"},{\"error\":\"E\"}]}}",
        "{\"method\":\"pong\",\"req_id\":1}", "{\"Error\":\"Exceeded msg rate\"}", "{\"method\":\"x\",\"params\":{}}", "{\"channel\":\"heartbeat\"}",
        "{\"error\":[\"WGeneral:odd\"],\"result\":{\"XXBTZUSD\":{\"altname\":\"A\",\"wsname\":\"A/B\",\"pair_decimals\":1,\"lot_decimals\":8,\"fees\":[[0,0.26]],"
            + "\"asks\":[[\"1\",\"2\",3]],\"bids\":[[\"1\",\"2\",3]],\"a\":[\"1\"],\"b\":[\"1\"],\"c\":[\"1\"]}}}",
    ];

    [Fact]
    public void Nothing_escapes_from_a_mutated_message()
    {
        for (var seed = 1ul; seed <= 10_000; seed++)
        {
            var random = new Seeded(seed);
            var text = random.Mutate(Encoding.UTF8.GetBytes(random.Of<string>(Samples)));
            Assert.NotNull(FeedMessage.Read(text));
            foreach (var read in new Func<System.Text.Json.JsonElement, object>[] { MarketAnswers.AssetPairs, MarketAnswers.Depth, MarketAnswers.Ticker, AccountAnswers.Balance, OrderAnswers.AddOrder })
            {
                var answer = RestAnswer.Read(text, read);
                Assert.True(answer.Result is not null || answer.Errors.Count > 0 || answer.Malformed is not null);
            }
        }
    }

    [Fact]
    public void Samples_are_read()
    {
        Assert.All(Samples[..^1], sample => Assert.IsNotType<MalformedMessage>(FeedMessage.Read(Encoding.UTF8.GetBytes(sample))));
        var pairs = RestAnswer.Read(Encoding.UTF8.GetBytes(Samples[^1]), MarketAnswers.AssetPairs);
        Assert.Equal(("A/B", "WGeneral:odd"), (Assert.Single(pairs.Result!).WsName, Assert.Single(pairs.Warnings)));
    }
}
