using System.Text.Json;
using Parallax.Testing;

namespace Parallax.Cli.Tests.Backtest;

public sealed class BacktestVerbTests : IDisposable
{
    private readonly PlantedTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public async Task The_JSON_report_has_every_promised_field_and_exact_amounts()
    {
        var run = await CommandLine.RunAsync(_tape.Backtest("--json"));

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.True(report.GetProperty("records").GetInt64() > 100);
        Assert.True(report.GetProperty("seconds").GetDecimal() >= 0m);
        Assert.True(report.GetProperty("records_per_second").GetDecimal() >= 0m);
        Assert.Equal(1, report.GetProperty("opportunities").GetInt64());
        Assert.Equal(JsonValueKind.Object, report.GetProperty("refused").ValueKind);
        var plans = report.GetProperty("plans");
        Assert.Equal((1, 0, 0), (plans.GetProperty("completed").GetInt32(), plans.GetProperty("unwound").GetInt32(), plans.GetProperty("residual").GetInt32()));
        Assert.Equal("100113.24636", report.GetProperty("balances").GetProperty("USDT").GetString());
        Assert.Equal("0.000098", report.GetProperty("balances").GetProperty("BTC").GetString());
        Assert.Equal("113.24636", report.GetProperty("pnl").GetString());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("journal").ValueKind);
        Assert.Matches("^[0-9a-f]{64}$", report.GetProperty("journal_hash").GetString());
    }

    [Fact]
    public async Task A_kept_journal_verifies_with_the_hash_of_the_report()
    {
        var folder = _tape.File("run.journal");

        var kept = JsonDocument.Parse((await CommandLine.RunAsync(_tape.Backtest("--json", "--journal", folder))).Output).RootElement;
        var hashed = JsonDocument.Parse((await CommandLine.RunAsync(_tape.Backtest("--json"))).Output).RootElement;
        var check = await CommandLine.RunAsync("journal", "verify", folder);

        Assert.Equal(folder, kept.GetProperty("journal").GetString());
        Assert.Equal(hashed.GetProperty("journal_hash").GetString(), kept.GetProperty("journal_hash").GetString());
        Assert.Equal(ExitCodes.Done, check.ExitCode);
        Assert.Contains(kept.GetProperty("journal_hash").GetString()!, check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_printed_report_answers_first()
    {
        var run = await CommandLine.RunAsync(_tape.Backtest());

        Assert.Contains("PnL +113.24636 USDT realised in 1 plans.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nearest misses", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_real_fees_the_answer_is_no_trade_and_why()
    {
        var run = await CommandLine.RunAsync("backtest", _tape.Path, "--capital", "USDT=1000", "--fee-bps", "26");

        Assert.Contains("No trade: no cycle paid after fees at any moment.", run.Output, StringComparison.Ordinal);
        Assert.Contains("USDT>BTC>ETH>USDT", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_asset_without_a_market_is_said_beside_one_that_has_one()
    {
        var run = await CommandLine.RunAsync(_tape.Backtest("--start-assets", "USDT,USD"));

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("No market on the tape trades the start asset USD.", run.Output, StringComparison.Ordinal);
        Assert.Contains("PnL +113.24636 USDT", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_a_file_and_the_command_line_wins()
    {
        var config = _tape.Write("settings.yaml", "capital:\n  USDT: 100000\nfees:\n  bps: 26\nsimulation:\n  latency-ms: 0\n");

        var fees = JsonDocument.Parse((await CommandLine.RunAsync("backtest", _tape.Path, "--config", config, "--json")).Output).RootElement;
        var none = JsonDocument.Parse((await CommandLine.RunAsync("backtest", _tape.Path, "--config", config, "--fee-bps", "10", "--json")).Output).RootElement;

        Assert.Equal("0", fees.GetProperty("pnl").GetString());
        Assert.Equal("113.24636", none.GetProperty("pnl").GetString());
    }

    [Fact]
    public async Task Every_setting_of_the_documentation_is_read()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "concepts", "backtest.md"));
        var start = page.IndexOf("```yaml\n", StringComparison.Ordinal) + 8;
        var config = _tape.Write("settings.yaml", page[start..page.IndexOf("```", start, StringComparison.Ordinal)]);

        var run = await CommandLine.RunAsync("backtest", _tape.Path, "--config", config, "--json");

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1-1")]
    public async Task The_explanation_of_a_plan_is_the_verified_one(string plan)
    {
        var folder = _tape.File("run.journal");
        await CommandLine.RunAsync(_tape.Backtest("--journal", folder));

        var run = await CommandLine.RunAsync("journal", "explain", plan, folder);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        var verified = Path.Combine(Repository.Root, "test", "Cli.Tests", "Backtest", "Explained.verified.txt");
        Assert.Equal(Lines(await File.ReadAllTextAsync(verified)), Lines(run.Output));

        static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
    }
}
