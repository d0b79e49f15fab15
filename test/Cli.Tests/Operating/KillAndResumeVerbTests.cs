using Microsoft.AspNetCore.Http;
using Parallax.Cli.Instance;

namespace Parallax.Cli.Tests.Operating;

public sealed class KillAndResumeVerbTests : IAsyncLifetime
{
    private SessionServer _session = null!;

    public async Task InitializeAsync() => _session = await SessionServer.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Fact]
    public async Task A_kill_carries_the_token_of_the_session_and_its_reason()
    {
        var run = await RunAsync("kill", "--reason", "  spreads look wrong ");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal("demo: No plan is opened any more.\n", run.Output);
        Assert.Equal(["kill {\"reason\":\"spreads look wrong\",\"by\":\"cli\"}"], _session.Commands);
        Assert.False(File.Exists(Path.Combine(_session.Folder, KillFile.Name)));
    }

    [Fact]
    public async Task Losses_are_accepted_with_a_reason()
    {
        var run = await RunAsync("reset-risk", "--reason", "the feed is mended");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal(["reset-risk {\"reason\":\"the feed is mended\",\"by\":\"cli\"}"], _session.Commands);
    }

    [Fact]
    public async Task Without_its_server_a_session_is_killed_by_a_file()
    {
        await _session.StopServingAsync();

        var run = await RunAsync("kill", "--reason", "stop now");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains($"nothing listens on {_session.Address}", run.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_session.Folder, "KILL"), run.Output, StringComparison.Ordinal);
        Assert.Equal("stop now", new KillFile(_session.Folder).ReadReason());
    }

    [Theory]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status302Found)]
    public async Task A_server_that_cannot_kill_leaves_it_to_the_file(int status)
    {
        _session.Command = () => Results.StatusCode(status);

        var run = await RunAsync("kill", "--reason", "stop now");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.True(new KillFile(_session.Folder).Exists);
    }

    [Fact]
    public async Task A_token_that_is_lost_does_not_keep_anybody_from_stopping()
    {
        File.Delete(Path.Combine(_session.Folder, "token"));

        var run = await RunAsync("kill", "--reason", "stop now");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("This needs the token", run.Output, StringComparison.Ordinal);
        Assert.True(new KillFile(_session.Folder).Exists);
        Assert.Empty(_session.Commands);
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("resume")]
    public async Task What_the_session_refuses_ends_in_exit_code_three(string verb)
    {
        _session.Command = () => Results.Problem("The ledger does not balance.", statusCode: StatusCodes.Status409Conflict);

        var run = await RunAsync(verb, "--reason", "try");

        run.IsOneSentence(ExitCodes.RefusedForSafety, "The ledger does not balance.");
    }

    [Fact]
    public async Task A_resume_removes_the_file_and_asks_the_session()
    {
        new KillFile(_session.Folder).Write("before");
        _session.Command = () => Results.Json(new { state = "running", sentence = "Plans are opened again." });

        var run = await RunAsync("resume", "--reason", "checked");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.StartsWith("demo: Plans are opened again.", run.Output, StringComparison.Ordinal);
        Assert.Equal(["resume {\"reason\":\"checked\",\"by\":\"cli\"}"], _session.Commands);
        Assert.False(new KillFile(_session.Folder).Exists);
    }

    [Fact]
    public async Task A_resume_that_nobody_answers_says_that_trading_stays_stopped()
    {
        await _session.StopServingAsync();

        (await RunAsync("resume", "--reason", "checked")).IsOneSentence(ExitCodes.Failed, "Trading stays stopped", "nothing listens");
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("resume")]
    [InlineData("status")]
    public async Task Without_a_session_it_says_so_in_one_sentence(string verb)
    {
        var empty = Directory.CreateTempSubdirectory("parallax-none-").FullName;
        try
        {
            string[] reason = verb == "status" ? [] : ["--reason", "x"];

            var run = await CommandLine.RunAsync([verb, "--data", empty, .. reason]);

            run.IsOneSentence(ExitCodes.Failed, "No session runs", empty, "parallax demo");
        }
        finally
        {
            Directory.Delete(empty);
        }
    }

    [Fact]
    public async Task A_file_that_keeps_the_next_session_from_trading_is_removed_where_it_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("parallax-none-").FullName;
        try
        {
            new KillFile(folder).Write("before");

            var run = await CommandLine.RunAsync("resume", "--data", folder, "--reason", "checked");

            Assert.Equal(ExitCodes.Done, run.ExitCode);
            Assert.Empty(Directory.EnumerateFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    public async Task A_reason_is_one_line(string reason) =>
        (await RunAsync("kill", "--reason", reason)).IsOneSentence(ExitCodes.WrongUsage, "--reason takes one line of 1 to 200 characters");

    [Fact]
    public async Task A_reason_is_needed() => (await RunAsync("kill")).IsOneSentence(ExitCodes.WrongUsage, "--reason");

    [Fact]
    public async Task The_token_appears_in_no_output()
    {
        var runs = new List<CommandLine.Run> { await RunAsync("kill", "--reason", "a"), await RunAsync("resume", "--reason", "b"), await RunAsync("status") };
        await _session.StopServingAsync();
        runs.AddRange([await RunAsync("status"), await RunAsync("resume", "--reason", "b"), await RunAsync("kill", "--reason", "a")]);

        Assert.All(runs, run => Assert.DoesNotContain(SessionServer.Token, run.Output + run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain(SessionServer.Token, File.ReadAllText(Path.Combine(_session.Folder, "instance.json")), StringComparison.Ordinal);
    }

    private Task<CommandLine.Run> RunAsync(string verb, params string[] more) => CommandLine.RunAsync([verb, "--data", _session.Folder, .. more]);
}
