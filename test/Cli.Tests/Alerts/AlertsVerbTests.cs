using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Parallax.Cli.Tests.Alerts;

public sealed class AlertsVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-alerts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_a_channel_it_says_what_sets_one()
    {
        var run = await TestAsync("");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Equal("parallax: No channel is set: alerts.telegram.token, alerts.discord.webhook or alerts.email.server in parallax.yaml sets one.\n", run.Error);
    }

    [Fact]
    public async Task Channels_that_are_not_reached_are_named_and_their_secrets_are_not()
    {
        var port = FreePort();
        var run = await TestAsync($$"""
            alerts:
              telegram: {token: '123456:canary-of-the-bot', chat: 42, endpoint: 'http://127.0.0.1:{{port}}'}
              discord: {webhook: 'http://127.0.0.1:{{port}}/api/webhooks/1/canary'}
              email: {server: '127.0.0.1:{{port}}', tls: off, from: a@example.org, to: 'b@example.org, c@example.org', user: canary, password: canary canary}
            """);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Equal(
            """
            telegram: 127.0.0.1 was not reached: no connection.
            discord: 127.0.0.1 was not reached: no connection.
            email: 127.0.0.1 did not take the e-mail (GeneralFailure).

            """,
            run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task As_json_every_channel_is_an_object()
    {
        var run = await TestAsync($"alerts:\n  discord:\n    webhook: http://127.0.0.1:{FreePort()}/api/webhooks/1/canary", "--json");

        var channel = JsonNode.Parse(run.Output)!["channels"]![0]!;
        Assert.Equal(("discord", false), ((string?)channel["channel"], (bool)channel["sent"]!));
    }

    [Theory]
    [InlineData("telegram: {token: '123456:canary-of-the-bot'}", "alerts.telegram.token", "alerts.telegram.chat")]
    [InlineData("telegram: {token: '123456:canary-of-the-bot', chat: 1, endpoint: 'http://169.254.169.254/'}", "alerts.telegram.endpoint", "https://")]
    [InlineData("discord: {webhook: 'http://discord.example/api/webhooks/1/canary'}", "alerts.discord.webhook", "https://")]
    [InlineData("discord: {webhook: 'ftp://discord.example/canary'}", "alerts.discord.webhook", "https://")]
    [InlineData("email: {server: 'mail.example.org:587'}", "alerts.email.server", "alerts.email.from")]
    [InlineData("email: {server: 'mail.example.org'}", "alerts.email.server", "a host and a port")]
    [InlineData("email: {from: 'Desk <desk@example.org>'}", "alerts.email.from", "e-mail address")]
    [InlineData("level: loud", "alerts.level", "notice, warning, critical")]
    public async Task A_mistake_names_the_key_and_what_is_expected_and_no_secret(string alerts, string key, string expected)
    {
        var run = await TestAsync($"alerts: {{{alerts}}}");

        Assert.NotEqual(ExitCodes.Done, run.ExitCode);
        Assert.Contains(key, run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("canary", run.Error + run.Output, StringComparison.Ordinal);
    }

    /// <summary>A port that nobody listens on.</summary>
    private static int FreePort()
    {
        using var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();
        return ((IPEndPoint)door.LocalEndpoint).Port;
    }

    private async Task<CommandLine.Run> TestAsync(string yaml, params string[] more)
    {
        var config = Path.Combine(_folder, "parallax.yaml");
        await File.WriteAllTextAsync(config, yaml + "\n");
        return await CommandLine.RunAsync(["alerts", "test", "--config", config, .. more]);
    }
}
