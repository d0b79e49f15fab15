namespace Parallax.Cli.Tests.Backtest;

/// <summary>Whatever is wrong is one sentence that says what was expected and what was found.</summary>
public sealed class BacktestWrongInputTests : IDisposable
{
    private readonly PlantedTape _tape = new();

    public void Dispose() => _tape.Dispose();

    [Fact]
    public async Task A_missing_tape() =>
        (await CommandLine.RunAsync("backtest", _tape.File("absent.tape"), "--capital", "USD=1")).IsOneSentence(ExitCodes.Failed, "absent.tape");

    [Fact]
    public async Task A_file_that_is_no_tape() =>
        (await CommandLine.RunAsync("backtest", _tape.Write("notes.txt", "bids and asks"), "--capital", "USD=1")).IsOneSentence(ExitCodes.Failed, "notes.txt", "tape");

    [Fact]
    public async Task An_empty_file() =>
        (await CommandLine.RunAsync("backtest", _tape.Write("empty.tape", ""), "--capital", "USD=1")).IsOneSentence(ExitCodes.Failed, "empty.tape");

    [Fact]
    public async Task No_capital() => (await CommandLine.RunAsync("backtest", _tape.Path)).IsOneSentence(ExitCodes.WrongUsage, "capital", "--capital USD=10000");

    [Theory]
    [InlineData("--capital", "USD=-5", "zero or more", "USD=-5")]
    [InlineData("--capital", "USD", "ASSET=AMOUNT", "USD")]
    [InlineData("--capital", "USD=lots", "ASSET=AMOUNT", "lots")]
    [InlineData("--capital", "USD=1,USD=2", "USD", "twice")]
    [InlineData("--capital", "USDT=0", "zero", "capital")]
    [InlineData("--capital", "GBP=1000", "GBP", "USDT")]
    [InlineData("--fee-bps", "-101", "from -100 to 1000", "-101")]
    [InlineData("--fee-bps", "free", "from -100 to 1000", "free")]
    [InlineData("--fee-mode", "third", "receive, quote, base or spend", "third")]
    [InlineData("--fee-mode", "1", "receive, quote, base or spend", "1")]
    [InlineData("--latency-ms", "-1", "from 0 to 60000", "-1")]
    [InlineData("--min-edge-bps", "-1", "from 0 to 10000", "-1")]
    [InlineData("--legs", "6", "from 3 to 5", "6")]
    [InlineData("--start-assets", "DOGE", "DOGE", "USDT")]
    [InlineData("--start-assets", "U S D", "asset codes", "U S D")]
    [InlineData("--config", "absent.yaml", "absent.yaml", "no file")]
    [InlineData("--journal", "/sys/journal", "/sys/journal", "denied")]
    public async Task A_wrong_option(string option, string value, string expected, string found)
    {
        string[] capital = option == "--capital" ? [] : ["--capital", "USDT=1000"];

        var run = await CommandLine.RunAsync(["backtest", _tape.Path, .. capital, option, value]);

        run.IsOneSentence(option is "--config" or "--journal" ? ExitCodes.Failed : ExitCodes.WrongUsage, expected, found);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_journal_folder_that_holds_something_is_left_as_it_is()
    {
        Directory.CreateDirectory(_tape.File("full"));
        _tape.Write("full/mine.txt", "mine");

        var run = await CommandLine.RunAsync(_tape.Backtest("--journal", _tape.File("full")));

        run.IsOneSentence(ExitCodes.RefusedForSafety, "full", "not empty");
        Assert.Equal("mine", await File.ReadAllTextAsync(_tape.File("full/mine.txt")));
        Assert.Single(Directory.GetFiles(_tape.File("full")));
    }

    [Theory]
    [InlineData("fees:\n  bps: 2000\n", "line 2", "fees.bps", "from -100 to 1000")]
    [InlineData("limits:\n  open-plans: many\n", "line 2", "limits.open-plans", "from 0 to 1000")]
    [InlineData("limits:\n  book-age-ms: -1\n", "line 2", "limits.book-age-ms", "from 0 to 86400000")]
    [InlineData("\n\nfees:\n  mode: third-party\n", "line 4", "fees.mode", "receive")]
    [InlineData("execution:\n  orders-max: 2\n", "line 2", "execution.orders-max", "from 3 to 1000")]
    [InlineData("simulation:\n  latency-ms: 20\n  lag: 3\n", "line 3", "simulation.lag", "no setting")]
    [InlineData("start-assets: [U S D]\n", "line 1", "start-assets", "asset codes")]
    [InlineData("capital:\n  USDT: -1\n", "line 2", "capital.USDT", "from 0")]
    [InlineData("fees: {bps: 1\n", "line", "YAML", "")]
    [InlineData("? [a, b]\n: 1\n", "line 1", "plain text", "")]
    [InlineData("fees:\n  bps: 1\n  bps: 2\n", "line 3", "YAML", "")]
    public async Task A_wrong_setting_names_file_line_key_and_range(string yaml, string line, string key, string range)
    {
        var config = _tape.Write("settings.yaml", yaml);

        var run = await CommandLine.RunAsync("backtest", _tape.Path, "--config", config, "--capital", "USDT=1000");

        Assert.NotEqual(ExitCodes.Done, run.ExitCode);
        run.IsOneSentence(run.ExitCode, "settings.yaml", line, key, range);
    }

    [Fact]
    public async Task Settings_that_contradict_each_other()
    {
        var config = _tape.Write("settings.yaml", "limits:\n  notional-max: 10\n  notional-min: 20\n");

        var run = await CommandLine.RunAsync("backtest", _tape.Path, "--config", config, "--capital", "USDT=1000");

        run.IsOneSentence(ExitCodes.WrongUsage, "NotionalMin", "20");
    }

    [Fact]
    public async Task A_fee_for_a_market_that_is_not_there_is_said()
    {
        var config = _tape.Write("settings.yaml", "fees:\n  pairs:\n    DOGE/USDT:\n      bps: 1\n");

        var run = await CommandLine.RunAsync(_tape.Backtest("--config", config));

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("No market on the tape is DOGE/USDT", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "from 1")]
    [InlineData("-1", "from 1")]
    [InlineData("one", "from 1")]
    [InlineData("1-0", "from 1")]
    [InlineData("1-2-3", "from 1")]
    [InlineData("2-1", "no plan")]
    [InlineData("99", "no plan 99")]
    public async Task Explaining_a_plan_that_is_none(string plan, string expected)
    {
        await CommandLine.RunAsync(_tape.Backtest("--journal", _tape.File("run.journal")));

        var run = await CommandLine.RunAsync("journal", "explain", plan, _tape.File("run.journal"));

        Assert.NotEqual(ExitCodes.Done, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
