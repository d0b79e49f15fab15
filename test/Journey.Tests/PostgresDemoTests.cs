using System.Text.Json.Nodes;
using Parallax.Storage.Tests.Engines;

namespace Parallax.Journey.Tests;

/// <summary>The tables of a whole demo in a real PostgreSQL instead of the file beside its journal.</summary>
[Collection(OneDemoAtATime.Name)]
public sealed class PostgresDemoTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PostgresFact]
    public async Task A_demo_on_PostgreSQL_has_the_journals_plans_balances_and_commands_there_and_tells_nobody_the_password()
    {
        using var server = new PostgresServer();
        var address = server.NewDatabase(out var connection);
        await using var demo = await DemoProcess.StartAsync(_folder.Path, "--seed", "7", "--store", address);
        await demo.StatusAsync(status => (int?)status["this_session"]?["outcomes"]?["completed"] > 1, TimeSpan.FromSeconds(30), "Two completed plans");
        (await Executable.RunAsync("kill", "--data", _folder.Path, "--reason", "a drill")).Done();
        var told = await demo.StatusAsync(
            status => (string)status["state"]! == "killed" && (long?)status["store"]!["behind"] == 0 && status["open_plans"]!.AsArray().Count == 0, TimeSpan.FromSeconds(20), "A stop");

        var (run, _) = await demo.EndAsync("INT");
        Assert.DoesNotContain(PostgresServer.Password, run.Done() + run.Error, StringComparison.Ordinal);
        var journal = JournalFold.Of(demo.Journal, 1);
        using (var rows = DatabaseRows.OfPostgres(connection))
        {
            Assert.Equal(journal.Figures, rows.Figures(1));
            Assert.Equal(journal.Figures, SessionFigures.Of(told));
            Assert.Equal(journal.Balances, rows.Balances(1));
            Assert.Equal(["kill: Trading was stopped (cli): a drill"], rows.Commands(1));
        }

        Assert.False(File.Exists(demo.Database), "A SQLite file was made as well.");
        var check = JsonNode.Parse((await Executable.RunAsync("store", "check", "--journal", demo.Journal, "--store", address, "--json")).Done())!;
        Assert.Null((string?)check["difference"]);
        Assert.True((long)check["rows"]! > 20, check.ToJsonString());
    }
}
