using System.Text.Json;
using Parallax.Testing;

namespace Parallax.Cli.Tests;

public sealed class SurveyVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-survey-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public async Task The_Gemini_triangle_is_counted_as_its_reference_says()
    {
        var file = SharedData.Path("data", "tri-gemini-20210417", "incremental_book_L2.csv.gz");

        var run = await CommandLine.RunAsync("survey", file, "--format", "tardis-l2", "--fees", "0,10,26", "--json");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        var rows = JsonDocument.Parse(run.Output).RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["USD>BTC>ETH>USD", "USD>ETH>BTC>USD"], rows.Select(row => row.GetProperty("cycle").GetString()));
        Assert.All(rows, row => Assert.Equal(217, row.GetProperty("evaluations").GetInt64()));
        Assert.Equal([-1.055m, 0.160m], rows.Select(row => decimal.Round(row.GetProperty("max_gross_bps").GetDecimal(), 3)));
        Assert.Equal([0L, 3L], rows.Select(row => At(row, 0).GetProperty("positive").GetInt64()));
        Assert.Equal([0L, 1L], rows.Select(row => At(row, 0).GetProperty("episodes").GetInt64()));
        Assert.Equal(0.296m, decimal.Round(At(rows[1], 0).GetProperty("seconds").GetDecimal(), 3));
        Assert.All(rows, row => Assert.Equal(0, At(row, 1).GetProperty("positive").GetInt64() + At(row, 2).GetProperty("positive").GetInt64()));
    }

    [Fact]
    public async Task A_tape_and_its_table_fit_eighty_columns()
    {
        var tape = await GenerateAsync();

        var run = await CommandLine.RunAsync("survey", tape);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.All(run.Output.Split('\n').Skip(1).Where(line => line.Contains('>', StringComparison.Ordinal)), line => Assert.InRange(line.TrimEnd().Length, 1, 90));
    }

    [Fact]
    public async Task Without_a_cycle_it_says_so()
    {
        var tape = await GenerateAsync();

        var run = await CommandLine.RunAsync("survey", tape, "--start-assets", "NOSUCH");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("no cycle", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fees", "-1")]
    [InlineData("--fees", "ten")]
    [InlineData("--legs", "9")]
    [InlineData("--start-assets", "U$D")]
    public async Task An_option_out_of_range_is_refused_with_what_was_found(string option, string value)
    {
        var run = await CommandLine.RunAsync("survey", "any.tape", option, value);

        run.IsOneSentence(ExitCodes.WrongUsage, option, $"'{value}'");
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var run = await CommandLine.RunAsync("survey", Path.Combine(_folder, "none.tape"));

        run.IsOneSentence(ExitCodes.Failed, "none.tape");
    }

    [Fact]
    public async Task A_folder_is_no_tape()
    {
        var run = await CommandLine.RunAsync("survey", _folder);

        run.IsOneSentence(ExitCodes.Failed, _folder, "folder");
    }

    [Fact]
    public async Task A_file_that_is_no_tape_is_refused_with_a_hint()
    {
        var file = Path.Combine(_folder, "notes.txt");
        await File.WriteAllTextAsync(file, "these are notes, and they are longer than a tape's header is, which has sixty-four bytes");

        var run = await CommandLine.RunAsync("survey", file);

        run.IsOneSentence(ExitCodes.Failed, "notes.txt", "not a tape", "--format");
    }

    [Fact]
    public async Task An_unknown_format_lists_those_there_are()
    {
        var run = await CommandLine.RunAsync("survey", "x.csv", "--format", "parquet");

        run.IsOneSentence(ExitCodes.WrongUsage, "'parquet'", "tardis-l2", "kraken-v2");
    }

    private static JsonElement At(JsonElement row, int fee) => row.GetProperty("at_fee")[fee];

    private async Task<string> GenerateAsync()
    {
        var tape = Path.Combine(_folder, "market.tape");
        var run = await CommandLine.RunAsync("tape", "generate", "--seed", "3", "--instruments", "8", "--minutes", "0.2", "--out", tape);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        return tape;
    }
}
