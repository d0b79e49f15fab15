using System.CommandLine;

namespace Parallax.Cli.Tape;

/// <summary>What several tape verbs take.</summary>
internal static class TapeOptions
{
    public static Argument<string> Tape() => new("tape") { Description = "A tape." };

    public static Option<string> Output(string description) => new("--out") { Description = description, Required = true, HelpName = "FILE" };

    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace an existing file, once the new one is complete." };

    public static Option<bool> Json(string description) => new("--json") { Description = description };
}
