using Microsoft.AspNetCore.Http;
using Parallax.Cli.Tests.Operating;

namespace Parallax.Cli.Tests.Config;

/// <summary><c>config set</c> and <c>config show --session</c>.</summary>
public sealed class RunningSettingsVerbTests : IAsyncLifetime
{
    private SessionServer _session = null!;

    public async Task InitializeAsync()
    {
        _session = await SessionServer.StartAsync();
        _session.Command = () => Results.Json(new { version = 4, sentence = "Version 4: limits.open-plans 4 → 2." });
        _session.Lists["settings"] = """
            {"version":3,"settings":[{"key":"limits.min-edge-bps","value":"5","unit":"bps","owner":"plan","allowed":"0 to 10000","summary":"Least profit."},
              {"key":"execution.policy","value":"sequential","unit":"","owner":"plan","allowed":"sequential, expected-value","summary":"How."}],
             "changes":[{"version":3,"time":"2026-11-21T12:00:00.000000000Z","who":"page","reason":"calm","differences":[{"key":"limits.min-edge-bps","before":"3","after":"5"}]}]}
            """;
    }

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Fact]
    public async Task E7_Settings_are_changed_at_the_version_of_now_or_the_one_that_was_looked_at()
    {
        var now = await RunAsync("set", "limits.open-plans=2", "limits.min-edge-bps=4", "--reason", "calm");
        await RunAsync("set", "limits.open-plans=2", "--version", "2", "--reason", "calm");

        Assert.Equal("demo: Version 4: limits.open-plans 4 → 2.\n", now.Output);
        Assert.Equal(
            [
                """settings {"version":3,"values":{"limits.open-plans":"2","limits.min-edge-bps":"4"},"reason":"calm","by":"cli","keep":false}""",
                """settings {"version":2,"values":{"limits.open-plans":"2"},"reason":"calm","by":"cli","keep":false}""",
            ],
            _session.Commands);
    }

    [Fact]
    public async Task A_change_is_kept_and_an_earlier_version_gone_back_to()
    {
        await RunAsync("set", "limits.open-plans=2", "--reason", "calm", "--keep");
        await RunAsync("rollback", "--to", "1", "--reason", "as it was");

        Assert.Equal(
            [
                "settings {\"version\":3,\"values\":{\"limits.open-plans\":\"2\"},\"reason\":\"calm\",\"by\":\"cli\",\"keep\":true}",
                "settings/rollback {\"version\":3,\"to\":1,\"reason\":\"as it was\",\"by\":\"cli\",\"keep\":false}",
            ],
            _session.Commands);
        _session.Command = () => Results.Problem("Version 5: limits.open-plans 4 → 2. It holds until the session ends and was not written: parallax.yaml was changed.", statusCode: StatusCodes.Status409Conflict);
        (await RunAsync("set", "limits.open-plans=2", "--reason", "calm", "--keep")).IsOneSentence(ExitCodes.RefusedForSafety, "Nothing is kept: Version 5", "was not written");
        (await RunAsync("rollback", "--reason", "a")).IsOneSentence(ExitCodes.WrongUsage, "--to");
    }

    [Fact]
    public async Task E8_A_stale_version_is_said_with_the_difference()
    {
        _session.Command = () => Results.Problem("The settings are at version 4, not 2; since then: limits.open-plans 4 → 2.", statusCode: StatusCodes.Status409Conflict);

        (await RunAsync("set", "limits.open-plans=3", "--version", "2", "--reason", "calm"))
            .IsOneSentence(ExitCodes.RefusedForSafety, "Nothing is changed: The settings are at version 4, not 2", "limits.open-plans 4 → 2");
    }

    [Theory]
    [InlineData("limits.open-plans", "KEY=VALUE")]
    [InlineData("=2", "KEY=VALUE")]
    public async Task A_setting_is_written_key_and_value(string setting, string saying)
    {
        (await RunAsync("set", setting, "--reason", "a")).IsOneSentence(ExitCodes.WrongUsage, saying, $"'{setting}'");
        (await RunAsync("set", "limits.open-plans=2", "limits.open-plans=3", "--reason", "a")).IsOneSentence(ExitCodes.WrongUsage, "set twice");
        (await RunAsync("set", "limits.open-plans=2")).IsOneSentence(ExitCodes.WrongUsage, "--reason");
        Assert.Empty(_session.Commands);
    }

    [Fact]
    public async Task The_running_settings_are_shown_with_version_range_owner_and_history()
    {
        var run = await RunAsync("show", "--session");

        Assert.Contains("Version 3 of the running session's settings", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"limits\.min-edge-bps\s+5\s+0 to 10000\s+plan", run.Output);
        Assert.Contains("12:00:00 version 3 by page: calm\n  limits.min-edge-bps 3 → 5\n", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("\"version\": 3", (await RunAsync("show", "--session", "--json")).Output, StringComparison.Ordinal);
    }

    private Task<CommandLine.Run> RunAsync(params string[] args) => CommandLine.RunAsync(["config", .. args, "--data", _session.Folder]);
}
