using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Parallax.Cli.Tests.Stores;

public sealed class StoreVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-").FullName;

    private string Journal => Path.Combine(_folder, "run.journal");

    private string Database => Path.Combine(_folder, "parallax.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_backtests_journal_becomes_tables_beside_it_and_they_check()
    {
        await BacktestAsync();

        var rebuilt = await CommandLine.RunAsync("store", "rebuild", "--journal", Journal);
        var checkedOnce = await CommandLine.RunAsync("store", "check", "--journal", Journal, "--json");

        Assert.Equal((ExitCodes.Done, ""), (rebuilt.ExitCode, rebuilt.Error));
        Assert.StartsWith($"{Database}: ", rebuilt.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, checkedOnce.ExitCode);
        var found = JsonNode.Parse(checkedOnce.Output)!;
        Assert.True((long)found["rows"]! > 20 && (long)found["sequence"]! > 20, checkedOnce.Output);
        Assert.Null(found["difference"]);
    }

    [Fact]
    public async Task A_changed_row_is_found_and_mended_by_a_rebuild()
    {
        await BacktestAsync();
        await CommandLine.RunAsync("store", "rebuild", "--journal", Journal, "--store", Database);
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "update balances set amount = '1000000' where asset = 'USD'";
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        var wrong = await CommandLine.RunAsync("store", "check", "--journal", Journal);
        Assert.Equal(ExitCodes.Failed, wrong.ExitCode);
        Assert.Contains("The store has balances: ", wrong.Output, StringComparison.Ordinal);

        await CommandLine.RunAsync("store", "rebuild", "--journal", Journal);
        Assert.Equal(ExitCodes.Done, (await CommandLine.RunAsync("store", "check", "--journal", Journal)).ExitCode);
    }

    [Fact]
    public async Task What_a_user_can_mend_is_one_sentence()
    {
        (await CommandLine.RunAsync("store", "check", "--journal", Path.Combine(_folder, "none"))).IsOneSentence(ExitCodes.Failed, "There is no journal folder");
        Directory.CreateDirectory(Journal);
        (await CommandLine.RunAsync("store", "check", "--journal", Journal, "--store", "mysql://x")).IsOneSentence(ExitCodes.Failed, "postgres://user:password@host:port/database");
        (await CommandLine.RunAsync("store", "rebuild", "--journal", Journal, "--store", "postgres://u:secret@127.0.0.1:1/d"))
            .IsOneSentence(ExitCodes.Failed, "PostgreSQL postgres://u@127.0.0.1:1/d cannot be reached");
        await File.WriteAllTextAsync(Database, new string('x', 5_000));
        (await CommandLine.RunAsync("store", "check", "--journal", Journal)).IsOneSentence(ExitCodes.Failed, "is no intact SQLite database");
    }

    private async Task BacktestAsync()
    {
        var tape = Path.Combine(_folder, "market.tape");
        Assert.Equal(ExitCodes.Done, (await CommandLine.RunAsync(
            "tape", "generate", "--seed", "7", "--instruments", "6", "--minutes", "0.2", "--mispricings-per-minute", "200", "--out", tape)).ExitCode);
        var backtest = await CommandLine.RunAsync("backtest", tape, "--capital", "USD=10000", "--journal", Journal);
        Assert.True(backtest.ExitCode == ExitCodes.Done, backtest.Error);
    }
}
