using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Parallax.Journey.Tests;

/// <summary>Ended and started again: nothing is lost, nothing begins anew.</summary>
[Collection(OneDemoAtATime.Name)]
public sealed partial class SecondStartTests : IDisposable
{
    private static readonly TimeSpan PlanLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(10);

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ctrl_C_ends_it_in_order_and_a_second_start_goes_on_where_the_first_stopped()
    {
        var journal = Path.Combine(_folder.Path, "journal");
        var first = await TradeAndEndAsync("INT", session: 1);
        var ended = JournalFold.Of(journal, 1);

        await using var demo = await DemoProcess.StartAsync(_folder.Path, "--seed", "8");
        var status = await demo.StatusAsync(HasClosed, PlanLimit, "A plan of the second session");
        Assert.Equal(2, (int)status["session"]!);
        Assert.Equal(ended.Balances, JournalFold.Of(journal, 2).Opening);

        // The first session's plans are in the tables and on the page.
        using (var database = new DatabaseRows(demo.Database))
        {
            Assert.Equal(ended.Figures, database.Figures(1));
        }

        var plans = (await demo.AskAsync("plans?session=1&limit=1000"))["items"]!.AsArray();
        Assert.Equal(ended.Figures.Plans, plans.Count);
        using var visitor = new HttpClient();
        Assert.Contains("Completed", await visitor.GetStringAsync(new Uri(demo.Page, $"plans/{plans.First(plan => (string)plan!["outcome"]! == "completed")!["id"]}")), StringComparison.Ordinal);
        var curve = (await demo.AskAsync("chart"))["plans"]!.AsArray().Select(plan => (string)plan!["id"]!).ToList();
        Assert.Contains(curve, id => id.StartsWith("1-", StringComparison.Ordinal));
        Assert.Contains(curve, id => id.StartsWith("2-", StringComparison.Ordinal));

        var (run, took) = await demo.EndAsync("TERM");
        var second = Summary(run, took, session: 2);

        Assert.Contains("sound", (await Executable.RunAsync("journal", "verify", journal)).Done(), StringComparison.Ordinal);
        Assert.Null((string?)JsonNode.Parse((await Executable.RunAsync("store", "check", "--journal", journal, "--json")).Done())!["difference"]);
        foreach (var (hash, tape) in new[] { first, second })
        {
            var replay = JsonNode.Parse((await Executable.RunAsync("backtest", tape, "--json")).Done())!;
            Assert.Equal(hash, (string)replay["journal_hash"]!);
        }
    }

    private static bool HasClosed(JsonObject status) => (int?)status["this_session"]?["outcomes"]?["completed"] > 0;

    private static (string Hash, string Tape) Summary(Executable.Run run, TimeSpan took, int session)
    {
        var output = run.Done();
        Assert.True(took < EndsWithin, $"It took {took} to end.");
        Assert.Matches($"(?m)^Session {session} ended after [0-9]+ s: PnL [+-]?[0-9.]+ USD realised in [0-9]+ plans", output);
        return (HashLine().Match(output).Groups["hash"].Value, TapeLine().Match(output).Groups["tape"].Value);
    }

    [GeneratedRegex("^hash +(?<hash>[0-9a-f]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex HashLine();

    [GeneratedRegex(@"^tape +(?<tape>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TapeLine();

    private async Task<(string Hash, string Tape)> TradeAndEndAsync(string signal, int session)
    {
        await using var demo = await DemoProcess.StartAsync(_folder.Path, "--seed", "7");
        await demo.StatusAsync(HasClosed, PlanLimit, "A completed plan");
        var (run, took) = await demo.EndAsync(signal);
        return Summary(run, took, session);
    }
}
