using System.Globalization;
using System.Text.Json;
using Parallax.Testing;
using Parallax.VenueServers.Kraken;

namespace Parallax.VenueServers.Tests.Kraken;

/// <summary>Every recorded answer of a call that the server has: the same keys with the same JSON types.</summary>
public sealed class RestShapeTests
{
    private const string Folder = "venues/fixtures/kraken";

    /// <summary>Recorded answers of calls that the server does not offer.</summary>
    private static readonly string[] NotOffered = ["AddOrderBatch"];

    /// <summary>Values whose name is data: assets, pairs, order ids. Their members stand for one another.</summary>
    private static readonly string[] Maps = ["result", "open", "trades", "fees", "fees_maker"];

    /// <summary>What the venue says only of some orders: a conditional close, a fill.</summary>
    private static readonly string[] Optional = ["close", "trades"];

    public static TheoryData<string> Recorded()
    {
        var data = new TheoryData<string>();
        foreach (var file in SharedData.Files(Folder, "rest_*_*.json").Concat(SharedData.Files(Folder, "n_http_*.json")))
        {
            data.Add(Path.GetFileName(file));
        }

        return data;
    }

    [SharedTheory]
    [MemberData(nameof(Recorded))]
    public async Task An_answer_has_the_shape_of_the_recorded_one(string file)
    {
        var method = Method(file);
        if (NotOffered.Contains(method))
        {
            return;
        }

        var recorded = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(SharedData.Path(Folder, file)));
        await using var server = await KrakenServer.StartAsync(
            new KrakenServerOptions { Accounts = [RestClient.Account()], Instruments = 10 }, TimeProvider.System, default);
        using var client = new RestClient(server.Endpoint);

        var answer = await AskAsync(client, method);

        Assert.Empty(answer.GetProperty("error").EnumerateArray());
        Compare(method, recorded.GetProperty("result"), answer.GetProperty("result"), IsMapAnswer(method));
    }

    private static async Task<JsonElement> AskAsync(RestClient client, string method)
    {
        switch (method)
        {
            case "Time" or "SystemStatus" or "Assets" or "AssetPairs":
                return await client.GetAsync(method);
            case "Depth" or "Ticker":
                return await client.GetAsync(method, "pair=XBTUSD");
            case "TradeVolume":
                return await client.PostAsync(method, ("pair", "XBTUSD"));
            case "AddOrder":
                return await AddAsync(client, 0.9m);
            case "CancelOrder":
                var placed = await AddAsync(client, 0.9m);
                return await client.PostAsync(method, ("txid", placed.GetProperty("result").GetProperty("txid")[0].GetString()!));
            case "OpenOrders":
                await AddAsync(client, 0.9m);
                return await client.PostAsync(method);
            case "TradesHistory":
                await AddAsync(client, 1.01m);
                return await client.PostAsync(method);
            default:
                return await client.PostAsync(method);
        }
    }

    private static async Task<JsonElement> AddAsync(RestClient client, decimal factor)
    {
        var depth = await client.GetAsync("Depth", "pair=XBTUSD&count=1");
        var best = depth.GetProperty("result").GetProperty("XXBTZUSD").GetProperty("asks")[0][0].GetString()!;
        var price = decimal.Floor(decimal.Parse(best, CultureInfo.InvariantCulture) * factor);
        return await client.PostAsync(
            "AddOrder", ("pair", "XBTUSD"), ("type", "buy"), ("ordertype", "limit"), ("volume", "0.01"), ("price", price.ToString(CultureInfo.InvariantCulture)));
    }

    private static void Compare(string path, JsonElement expected, JsonElement found, bool isMap)
    {
        Assert.True(IsSameKind(expected, found), $"{path} is a {expected.ValueKind} on the venue, a {found.ValueKind} here.");
        if (expected.ValueKind == JsonValueKind.Array)
        {
            CompareItems(path, expected, found);
        }
        else if (expected.ValueKind == JsonValueKind.Object && isMap)
        {
            var sample = found.EnumerateObject().ToList();
            Assert.NotEmpty(sample);
            foreach (var one in expected.EnumerateObject().Take(1))
            {
                sample.ForEach(other => Compare($"{path}.{other.Name}", one.Value, other.Value, isMap: false));
            }
        }
        else if (expected.ValueKind == JsonValueKind.Object)
        {
            foreach (var one in expected.EnumerateObject())
            {
                if (found.TryGetProperty(one.Name, out var other))
                {
                    Compare($"{path}.{one.Name}", one.Value, other, Maps.Contains(one.Name) && one.Value.ValueKind == JsonValueKind.Object);
                }
                else
                {
                    Assert.True(Optional.Contains(one.Name) || one.Name == "execution_venue", $"{path}.{one.Name} is missing.");
                }
            }
        }
    }

    private static void CompareItems(string path, JsonElement expected, JsonElement found)
    {
        // A row of different kinds is compared place by place; in a list every item is like the first. No item at all is a shape, too.
        var isRow = expected.EnumerateArray().Select(item => item.ValueKind).Distinct().Count() > 1;
        Assert.True(!isRow || expected.GetArrayLength() == found.GetArrayLength(), $"{path} has {found.GetArrayLength()} places.");
        for (var i = 0; i < found.GetArrayLength() && expected.GetArrayLength() > 0; i++)
        {
            Compare($"{path}[{i}]", expected[isRow ? i : 0], found[i], isMap: false);
        }
    }

    private static bool IsSameKind(JsonElement expected, JsonElement found) =>
        expected.ValueKind == found.ValueKind
        || (expected.ValueKind is JsonValueKind.True or JsonValueKind.False && found.ValueKind is JsonValueKind.True or JsonValueKind.False);

    private static bool IsMapAnswer(string method) => method is "Assets" or "AssetPairs" or "Depth" or "Ticker" or "Balance" or "BalanceEx";

    private static string Method(string file) => file switch
    {
        "n_http_server_time.json" => "Time",
        "n_http_system_status.json" => "SystemStatus",
        "n_http_order_book.json" => "Depth",
        "n_http_ticker.json" => "Ticker",
        "n_http_asset_pairs.json" or "n_http_asset_pairs_tokenized.json" => "AssetPairs",
        _ => file.Split('_')[1],
    };
}
