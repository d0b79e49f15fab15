using System.Text.Json;

namespace Parallax.Cli.Tests.Backtest;

public sealed class LatencySettingsTests : IDisposable
{
    private readonly PlantedTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public async Task Quantiles_that_are_all_the_same_are_a_constant_latency()
    {
        var constant = await PnlAsync("--latency-ms", "0");
        var drawn = await PnlAsync("--config", Config("simulation:\n  entry-quantiles-ms: [0, 0]\n  response-quantiles-ms: [0, 0, 0]\n"));

        Assert.Equal("113.24636", constant);
        Assert.Equal(constant, drawn);
    }

    [Fact]
    public async Task Drawn_latencies_are_the_same_in_every_run_of_a_seed()
    {
        var config = Config("simulation:\n  seed: 9\n  entry-quantiles-ms: [1, 5, 90]\n");

        Assert.Equal(await HashAsync("--config", config), await HashAsync("--config", config));
    }

    [Fact]
    public async Task The_journal_says_which_latencies_were_assumed()
    {
        var folder = _tape.File("journal");
        await CommandLine.RunAsync(_tape.Backtest("--config", Config("simulation:\n  entry-quantiles-ms: [1, 5, 90]\n"), "--journal", folder));

        var shown = await CommandLine.RunAsync("journal", "show", folder, "--kind", "session-started");

        Assert.Contains("simulation.entry=1 ms at 0 %, 5 ms at 50 %, 90 ms at 100 %", shown.Output, StringComparison.Ordinal);
        Assert.Contains("simulation.response=0 ms", shown.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[5]")]
    [InlineData("[5, 3]")]
    [InlineData("[-1, 3]")]
    [InlineData("[1, fast]")]
    public async Task Quantiles_that_are_none_are_refused_with_their_line(string list)
    {
        var run = await CommandLine.RunAsync(_tape.Backtest("--config", Config($"simulation:\n  entry-quantiles-ms: {list}\n")));

        run.IsOneSentence(ExitCodes.Failed, "line 2", "simulation.entry-quantiles-ms", "two or more numbers");
    }

    private string Config(string yaml) => _tape.Write("settings.yaml", yaml);

    private async Task<string?> PnlAsync(params string[] more) => (await ReportAsync(more)).GetProperty("pnl").GetString();

    private async Task<string?> HashAsync(params string[] more) => (await ReportAsync(more)).GetProperty("journal_hash").GetString();

    private async Task<JsonElement> ReportAsync(params string[] more)
    {
        var run = await CommandLine.RunAsync([.. _tape.Backtest().SkipLast(2), "--json", .. more]);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
