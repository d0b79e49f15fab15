using System.CommandLine;

namespace Parallax.Cli.Config;

public static class ConfigVerbs
{
    public static Command Create() => Verb.Group(
        "config",
        "Shows, checks and changes the settings: parallax.yaml, the environment, defaults, and those of a running session.",
        "parallax config show",
        SetVerb.Create(),
        RollbackVerb.Create(),
        ShowVerb.Create(),
        ValidateVerb.Create());
}
