using System.CommandLine;

namespace Parallax.Cli.Tape;

public static class TapeVerbs
{
    public static Command Create() => Verb.Group(
        "tape",
        "Makes, checks and cuts tapes: recorded markets in the one format that the engine reads.",
        "parallax tape generate --seed 7 --out seeded.tape",
        ImportVerb.Create(),
        GenerateVerb.Create(),
        InfoVerb.Create(),
        VerifyVerb.Create(),
        CutVerb.Create(),
        ExportVerb.Create());
}
