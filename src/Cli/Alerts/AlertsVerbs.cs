using System.CommandLine;
using Parallax.Cli.Config;

namespace Parallax.Cli.Alerts;

public static class AlertsVerbs
{
    public static Command Create() => Verb.Group(
        "alerts",
        "Tells people what happens: by Telegram, Discord or e-mail, as parallax.yaml says under 'alerts'.",
        "parallax alerts test",
        TestVerb.Create());

    internal static Option<string?> ConfigOption() => new("--config") { Description = $"Settings; {SettingSources.FileName} in the current folder without it.", HelpName = "FILE" };
}
