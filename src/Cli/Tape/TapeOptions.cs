using System.CommandLine;

namespace Parallax.Cli.Tape;

/// <summary>What several tape verbs take.</summary>
internal static class TapeOptions
{
    public static Argument<string> Tape() => new("tape") { Description = "A tape." };

    public static Option<string> Output(string description) => new("--out") { Description = description, Required = true, HelpName = "FILE" };

    /// <exception cref="UserErrorException">What is read would be replaced by what is written.</exception>
    public static string RequireOther(string output, params IEnumerable<string> inputs) =>
        inputs.Any(input => Path.GetFullPath(input) == Path.GetFullPath(output))
            ? throw new UserErrorException($"'{output}' is read and written at once; give --out another name.", ExitCodes.WrongUsage)
            : output;

    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace an existing file, once the new one is complete." };

    public static Option<bool> Json(string description) => new("--json") { Description = description };
}
