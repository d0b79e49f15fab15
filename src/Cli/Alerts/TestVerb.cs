using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Config;
using Parallax.Cli.Output;
using Parallax.Dashboard.Alerts;
using Parallax.Dashboard.Alerts.Channels;
using Parallax.Domain;
using Parallax.Trading.Decisions;

namespace Parallax.Cli.Alerts;

public static class TestVerb
{
    public static Command Create()
    {
        var config = AlertsVerbs.ConfigOption();
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        return Verb.Create(
            "test",
            "Sends one message by every channel that is set, and says how that went. Exit code 1 when one failed.",
            "parallax alerts test",
            [config, json],
            (parsed, cancellation) => RunAsync(
                ParallaxSettings.Load(SettingSources.Of(parsed.GetValue(config))).Alerts, parsed.GetValue(json), parsed.InvocationConfiguration.Output, TimeProvider.System, cancellation));
    }

    private static async Task<int> RunAsync(AlertSettings settings, bool asJson, TextWriter output, TimeProvider time, CancellationToken cancellation)
    {
        var channels = AlertSystem.Channels(settings);
        if (channels.Count == 0)
        {
            throw new UserErrorException(
                $"No channel is set: {SettingCatalog.TelegramToken.Key}, {SettingCatalog.DiscordWebhook.Key} or {SettingCatalog.EmailServer.Key} in {SettingSources.FileName} sets one.");
        }

        var message = new AlertMessage(
            AlertSystem.OriginOf("test"),
            [new Alert(0, UtcNanos.From(time.GetUtcNow()).Value, new Notable("test", Weight.Notice, "This is a test: alerts arrive here."))]);
        var findings = new JsonArray();
        var areSent = true;
        foreach (var channel in channels)
        {
            var trouble = await SendAsync(channel, message, cancellation);
            areSent &= trouble is null;
            findings.Add(new JsonObject { ["channel"] = channel.Name, ["sent"] = trouble is null, ["trouble"] = trouble });
            if (!asJson)
            {
                await output.WriteLineAsync(trouble is null ? $"{channel.Name}: sent" : $"{channel.Name}: {trouble}");
            }

            (channel as IDisposable)?.Dispose();
        }

        if (asJson)
        {
            await Json.WriteAsync(output, new JsonObject { ["channels"] = findings });
        }

        return areSent ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <returns>Why it was not sent; null when it was.</returns>
    private static async Task<string?> SendAsync(IAlertChannel channel, AlertMessage message, CancellationToken cancellation)
    {
        try
        {
            await channel.SendAsync(message, cancellation);
            return null;
        }
        catch (ChannelException wrong)
        {
            return wrong.Message;
        }
    }
}
