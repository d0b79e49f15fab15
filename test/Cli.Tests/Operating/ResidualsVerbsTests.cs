using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Parallax.Cli.Tests.Keys;

namespace Parallax.Cli.Tests.Operating;

/// <summary>Residuals, breakers and balances that differ, from a terminal.</summary>
public sealed class ResidualsVerbsTests : IAsyncLifetime
{
    private const string Residuals = """
        {"time":"2026-11-21T12:00:00.000000000Z","residuals":[
          {"number":3,"asset":"BTC","venue":"kraken","amount":"0.002","start_asset":"USD","cost":"120.5","mark":"119.9","worth":"121.25","plan":"1-17",
           "declared":"2026-11-21T10:57:55.000000000Z","age_nanoseconds":3725000000000,"work_off_words":"work off 0.002 BTC","write_off_words":"write off 0.002 BTC"},
          {"number":4,"asset":"ETH","venue":"kraken","amount":"0.75","start_asset":"USD","cost":"1500","mark":null,"worth":null,"plan":"1-19",
           "declared":"2026-11-21T11:59:59.000000000Z","age_nanoseconds":1000000000,"work_off_words":"work off 0.75 ETH","write_off_words":"write off 0.75 ETH"}]}
        """;

    private const string Breakers = """
        {"time":"2026-11-21T12:00:00.000000000Z","breakers":[
          {"name":"global","state":"closed","tripped_by":null,"failures_in_row":1,"failures_max":5,"until":null,"left_nanoseconds":null,"pause_nanoseconds":30000000000},
          {"name":"venue:kraken","state":"open","tripped_by":"consecutive","failures_in_row":0,"failures_max":5,"until":"2026-11-21T12:00:25.000000000Z",
           "left_nanoseconds":25000000000,"pause_nanoseconds":60000000000}]}
        """;

    private const string Differences = """
        {"time":"2026-11-21T12:00:00.000000000Z","differences":[
          {"asset":"BTC","venue":"kraken","ledger":"1.5","at_venue":"1.25","difference":"-0.25","tolerance":"0.00000001","accept_words":"accept 1.25 BTC"}]}
        """;

    private SessionServer _session = null!;

    public async Task InitializeAsync()
    {
        _session = await SessionServer.StartAsync();
        _session.Command = () => Results.Json(new { state = "running", sentence = "It is done." });
        (_session.Lists["residuals"], _session.Lists["breakers"], _session.Lists["differences"]) = (Residuals, Breakers, Differences);
    }

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Theory]
    [InlineData("residuals")]
    [InlineData("residuals", "list")]
    public async Task Residuals_are_listed_with_age_cost_and_worth(params string[] verb)
    {
        var run = await RunAsync(verb);

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"3\s+0\.002\s+BTC\s+1 h 2 min\s+120\.5\d?\s+121\.25\s+USD\s+1-17", run.Output);
        Assert.Matches(@"4\s+0\.75\s+ETH\s+1\.0 s\s+1,500\S*\s+–\s+USD\s+1-19", run.Output);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData("residuals", "residuals", "Nothing is left behind")]
    [InlineData("breakers", "breakers", "no breakers before the first book")]
    public async Task An_empty_list_says_so(string verb, string list, string words)
    {
        _session.Lists[list] = $$"""{"time":"2026-11-21T12:00:00.000000000Z","{{list}}":[]}""";

        Assert.Contains(words, (await RunAsync(verb)).Output, StringComparison.Ordinal);
        Assert.Empty(JsonNode.Parse((await RunAsync(verb, "--json")).Output)![list]!.AsArray());
    }

    [Fact]
    public async Task A_residual_is_worked_off_by_typing_its_amount()
    {
        var run = await RunAsync(new Typing(isTerminal: true, "work off 0.002 BTC"), "residuals", "work-off", "3", "--reason", "enough waiting");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("about 121.25 at the best price now, for a cost of 120.5", run.Output, StringComparison.Ordinal);
        Assert.Contains("To confirm, type:  work off 0.002 BTC", run.Output, StringComparison.Ordinal);
        Assert.Equal(["residuals/3/work-off {\"confirmation\":\"work off 0.002 BTC\",\"reason\":\"enough waiting\",\"by\":\"cli\"}"], _session.Commands);
    }

    [Fact]
    public async Task The_words_may_stand_on_the_command_line()
    {
        var run = await RunAsync("residuals", "write-off", "4", "--reason", "we hold it", "--confirm", "write off 0.75 ETH");

        Assert.Equal("demo: It is done.\n", run.Output);
        Assert.Equal(["residuals/4/write-off {\"confirmation\":\"write off 0.75 ETH\",\"reason\":\"we hold it\",\"by\":\"cli\"}"], _session.Commands);
    }

    [Fact]
    public async Task A_residual_that_is_not_listed_is_named_with_those_that_are()
    {
        (await RunAsync("residuals", "work-off", "9", "--reason", "a")).IsOneSentence(ExitCodes.Failed, "No residual has number 9", "listed are 3, 4");
        (await RunAsync("residuals", "work-off", "three", "--reason", "a")).IsOneSentence(ExitCodes.WrongUsage, "number of a residual", "'three'");
        (await RunAsync("residuals", "work-off", "3")).IsOneSentence(ExitCodes.WrongUsage, "--reason");
        Assert.Empty(_session.Commands);
    }

    [Fact]
    public async Task What_the_session_refuses_is_said_with_exit_code_three()
    {
        _session.Command = () => Results.Problem("Trading is stopped: resume it first.", statusCode: StatusCodes.Status409Conflict);

        (await RunAsync("residuals", "work-off", "3", "--reason", "a", "--confirm", "work off 0.002 BTC"))
            .IsOneSentence(ExitCodes.RefusedForSafety, "Residual 3 stays as it is: Trading is stopped");
    }

    [Fact]
    public async Task Breakers_are_listed_and_switched()
    {
        var list = await RunAsync("breakers");
        Assert.Matches(@"global\s+closed\s+1 of 5\s+–\s+30 s\s+–", list.Output);
        Assert.Matches(@"venue:kraken\s+open\s+0 of 5\s+25 s\s+1 min 0 s\s+consecutive", list.Output);
        Assert.All(list.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));

        Assert.Equal("demo: It is done.\n", (await RunAsync("breakers", "trip", "global", "--reason", "a look")).Output);
        Assert.Equal("demo: It is done.\n", (await RunAsync("breakers", "reset", "venue:kraken", "--reason", "it is over")).Output);
        Assert.Equal(
            ["breakers/trip {\"breaker\":\"global\",\"reason\":\"a look\",\"by\":\"cli\"}", "breakers/reset {\"breaker\":\"venue:kraken\",\"reason\":\"it is over\",\"by\":\"cli\"}"],
            _session.Commands);
    }

    [Fact]
    public async Task A_breaker_that_is_not_there_is_said_by_the_session()
    {
        _session.Command = () => Results.Problem("There is no breaker 'venue:x'; there are global.", statusCode: StatusCodes.Status404NotFound);

        (await RunAsync("breakers", "trip", "venue:x", "--reason", "a")).IsOneSentence(ExitCodes.RefusedForSafety, "Breaker venue:x is not opened", "there are global");
    }

    [Fact]
    public async Task A_balance_is_accepted_by_typing_what_the_venue_says()
    {
        var run = await RunAsync(new Typing(isTerminal: true, "accept 1.25 BTC"), "accept-balance", "BTC", "--reason", "a withdrawal of mine");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("The ledger holds 1.5 BTC, kraken says 1.25. The difference of -0.25 BTC", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["accept-balance {\"asset\":\"BTC\",\"venue\":\"kraken\",\"confirmation\":\"accept 1.25 BTC\",\"reason\":\"a withdrawal of mine\",\"by\":\"cli\"}"], _session.Commands);
    }

    [Fact]
    public async Task A_balance_that_does_not_differ_is_not_accepted()
    {
        (await RunAsync("accept-balance", "ETH", "--reason", "a")).IsOneSentence(ExitCodes.Failed, "No balance of ETH differs", "BTC at kraken");
        _session.Lists["differences"] = """{"differences":[]}""";
        (await RunAsync("accept-balance", "BTC", "--reason", "a")).IsOneSentence(ExitCodes.Failed, "No balance differs");
        Assert.Empty(_session.Commands);
    }

    [Fact]
    public async Task Nothing_is_typed_and_nothing_changes()
    {
        var run = await RunAsync(new Typing(isTerminal: true), "accept-balance", "BTC", "--reason", "a");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("nothing is changed", run.Error, StringComparison.Ordinal);
        Assert.Empty(_session.Commands);
    }

    [Theory]
    [InlineData("residuals")]
    [InlineData("breakers")]
    [InlineData("accept-balance", "BTC", "--reason", "a")]
    [InlineData("residuals", "work-off", "3", "--reason", "a")]
    public async Task A_session_that_is_not_there_is_one_sentence(params string[] verb)
    {
        await _session.StopServingAsync();
        (await RunAsync(verb)).IsOneSentence(ExitCodes.Failed, "nothing listens on");

        var empty = Directory.CreateTempSubdirectory("parallax-none-").FullName;
        (await CommandLine.RunAsync([.. verb, "--data", empty])).IsOneSentence(ExitCodes.Failed, "No session runs", "parallax demo");
        Directory.Delete(empty);
    }

    private Task<CommandLine.Run> RunAsync(params string[] args) => RunAsync(null, args);

    private Task<CommandLine.Run> RunAsync(Typing? typed, params string[] args) => CommandLine.RunAsync(typed, [.. args, "--data", _session.Folder]);
}
