using System.Text.Json.Nodes;

namespace Parallax.Cli.Tests.Bench;

public sealed class BenchVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-bench-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("J1,Q9", "Q9")]
    [InlineData(",", ",")]
    public async Task An_unknown_row_is_named(string only, string found)
    {
        var run = await CommandLine.RunAsync("bench", "--only", only);
        run.IsOneSentence(ExitCodes.WrongUsage, "--only", "R2", $"'{found}'");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("ten")]
    [InlineData("101%")]
    public async Task A_regression_is_a_percentage(string percent)
    {
        var run = await CommandLine.RunAsync("bench", "--max-regression=" + percent);
        run.IsOneSentence(ExitCodes.WrongUsage, "--max-regression", $"'{percent}'");
    }

    [Fact]
    public async Task A_regression_without_a_baseline_is_refused()
    {
        var run = await CommandLine.RunAsync("bench", "--max-regression", "10%");
        run.IsOneSentence(ExitCodes.WrongUsage, "--baseline");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"rows\":[{\"id\":1,\"name\":\"x\",\"times_yardstick\":\"fast\"}]}")]
    public async Task A_file_that_is_no_result_is_refused_before_anything_is_measured(string content)
    {
        var path = Path.Combine(_folder, "baseline.json");
        await File.WriteAllTextAsync(path, content);
        var run = await CommandLine.RunAsync("bench", "--only", "J1", "--baseline", path);
        run.IsOneSentence(ExitCodes.Failed, path);
    }

    [Fact]
    public async Task A_missing_baseline_is_named()
    {
        var run = await CommandLine.RunAsync("bench", "--baseline", Path.Combine(_folder, "none.json"));
        run.IsOneSentence(ExitCodes.Failed, "none.json");
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_found_out_before_anything_is_measured()
    {
        var run = await CommandLine.RunAsync("bench", "--only", "J1", "--save", Path.Combine(_folder, "missing", "result.json"));
        run.IsOneSentence(ExitCodes.Failed, "result.json");
    }

    [Fact]
    public async Task A_run_is_kept_compared_by_ratio_and_fails_when_a_ratio_fell()
    {
        var path = Path.Combine(_folder, "result.json");
        var first = await CommandLine.RunAsync("bench", "--only", "J1", "--json", "--save", path);

        Assert.Equal(ExitCodes.Done, first.ExitCode);
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        Assert.NotNull(kept["machine"]!["cpu"]);
        var rows = kept["rows"]!.AsArray();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.True((bool)row!["digests_equal"]!));

        // Slower times in the baseline are no reason: only the ratio to the yardstick is compared.
        foreach (var row in rows)
        {
            row!["ours_ns"] = 0.001;
            row["times_yardstick"] = 0.000001;
        }

        await File.WriteAllTextAsync(path, kept.ToJsonString());
        var second = await CommandLine.RunAsync("bench", "--only", "J1", "--baseline", path);

        Assert.Equal(ExitCodes.Done, second.ExitCode);
        Assert.Contains("Against the baseline", second.Output, StringComparison.Ordinal);
    }
}
