using System.CommandLine;

namespace Parallax.Cli.Config;

public static class ConfigVerbs
{
    public static Command Create() => Verb.Group(
        "config",
        "Shows and checks the settings: parallax.yaml, the environment, and what holds when nobody says anything.",
        "parallax config show",
        ShowVerb.Create(),
        ValidateVerb.Create());
}
