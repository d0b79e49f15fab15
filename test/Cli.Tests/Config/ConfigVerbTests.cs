using System.Text.Json;

namespace Parallax.Cli.Tests.Config;

public sealed class ConfigVerbTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("paper")]
    [InlineData("live")]
    public async Task E13_A_session_whose_strategy_would_trade_on_a_venue_that_is_switched_off_is_refused_by_name(string mode)
    {
        var file = _folder.Write("parallax.yaml", "venues: {kraken: {enabled: off}}\n");
        var data = _folder.File("data");

        var run = await CommandLine.RunAsync(mode, "--venue", "kraken", "--config", file, "--data", data, "--endpoint", "http://127.0.0.1:1");

        run.IsOneSentence(ExitCodes.RefusedForSafety, "The strategy cycles would trade on kraken, which is switched off: venues.kraken.enabled is off. Nothing was started.");
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Show_says_where_each_value_came_from()
    {
        var file = _folder.Write("mine.yaml", "limits:\n  open-plans: 2\n");

        var run = await CommandLine.RunAsync("config", "show", "--config", file);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains(run.Output.Split('\n'), line => line.Contains("open-plans", StringComparison.Ordinal) && line.EndsWith("mine.yaml:2", StringComparison.Ordinal));
        Assert.Matches(@"book-age-ms +500 ms +default", run.Output);
    }

    [Fact]
    public async Task Show_fits_eighty_columns()
    {
        var run = await CommandLine.RunAsync("config", "show", "--config", _folder.Write("mine.yaml", ""));

        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Show_prints_every_setting_as_json()
    {
        var file = _folder.Write("mine.yaml", "capital: {USD: 5}\nstore:\n  password: canary\n");

        var run = await CommandLine.RunAsync("config", "show", "--json", "--config", file);

        var settings = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().ToDictionary(one => one.GetProperty("key").GetString()!);
        Assert.Equal("5", settings["capital.USD"].GetProperty("value").GetString());
        Assert.Equal("file", settings["capital.USD"].GetProperty("origin").GetString());
        Assert.Equal(3, settings["store.password"].GetProperty("line").GetInt32());
        Assert.Equal("••••", settings["store.password"].GetProperty("value").GetString());
        Assert.Equal("9090", settings["http.port"].GetProperty("value").GetString());
        Assert.False(settings["http.port"].GetProperty("set").GetBoolean());
    }

    [Fact]
    public async Task A_valid_file_is_called_valid()
    {
        var run = await CommandLine.RunAsync("config", "validate", _folder.Write("mine.yaml", "legs-max: 4\n"));

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.EndsWith("mine.yaml: valid, 1 setting changed.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_mistake_of_a_file_is_listed()
    {
        var run = await CommandLine.RunAsync("config", "validate", _folder.Write("mine.yaml", "legs-max: 9\nleg-max: 3\n"));

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("line 1: legs-max takes a whole number from 3 to 5 (legs); found '9'.", lines[0], StringComparison.Ordinal);
        Assert.Contains("line 2: there is no setting 'leg-max'; the nearest is legs-max.", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("not valid, 2 mistakes.", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backtest_takes_the_file_of_a_session()
    {
        using var tape = new Backtest.PlantedTape();
        var config = tape.Write("parallax.yaml", "http: {port: 9191}\nlimits: {minEdgeBps: 1}\n");

        var run = await CommandLine.RunAsync(tape.Backtest("--config", config));

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("113.24636", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_named() =>
        (await CommandLine.RunAsync("config", "validate", _folder.File("none.yaml"))).IsOneSentence(ExitCodes.Failed, "none.yaml", "no file");
}
