using System.CommandLine;

namespace Parallax.Cli.Journals;

public static class JournalVerbs
{
    public static Command Create() => Verb.Group(
        "journal",
        "Reads the journal: what the engine decided, and the proof that nobody changed it since.",
        "parallax journal verify run.journal",
        VerifyVerb.Create(),
        ShowVerb.Create(),
        ExplainVerb.Create());

    internal static Argument<string> PathArgument() => new("journal") { Description = "A journal's folder, or one of its segments." };

    /// <exception cref="UserErrorException">There is nothing at that path.</exception>
    internal static string Existing(string path) =>
        Directory.Exists(path) || File.Exists(path) ? path : throw new UserErrorException($"There is no journal '{path}'.");
}
