using System.Text.Json;

namespace Parallax.Cli.Tests.Drill;

public sealed class DrillVerbTests
{
    [Fact]
    public async Task It_says_how_many_seeds_held_and_ends_with_zero()
    {
        var run = await CommandLine.RunAsync("drill", "--seeds", "20", "--from", "100");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("20 seeds from 100", run.Output, StringComparison.Ordinal);
        Assert.Contains("Every invariant held.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_scenario_alone_is_drilled_and_told_as_json()
    {
        var run = await CommandLine.RunAsync("drill", "--seeds", "10", "--scenario", "A7", "--json");

        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal("A7", json.GetProperty("scenario").GetString());
        Assert.True(json.GetProperty("orders").GetInt64() > 0);
        Assert.Empty(json.GetProperty("failed").EnumerateArray());
    }

    [Fact]
    public async Task A_seed_is_told_line_by_line()
    {
        var run = await CommandLine.RunAsync("drill", "--seed", "7", "--explain");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("What went wrong on purpose:", run.Output, StringComparison.Ordinal);
        Assert.Contains(" sends px", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drill", "--explain")]
    [InlineData("drill", "--seed", "7", "--seeds", "9")]
    [InlineData("drill", "--scenario", "Z1")]
    [InlineData("drill", "--seeds", "0")]
    public async Task What_contradicts_itself_or_does_not_exist_is_wrong_usage(params string[] line)
    {
        var run = await CommandLine.RunAsync(line);

        Assert.Equal(ExitCodes.WrongUsage, run.ExitCode);
    }
}
