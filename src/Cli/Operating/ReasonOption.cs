using System.CommandLine;
using Parallax.Cli.Instance;

namespace Parallax.Cli.Operating;

/// <summary><c>--reason</c>: it goes into the journal, so it is asked for every time.</summary>
internal static class ReasonOption
{
    public static Option<string> Create() => new("--reason")
    {
        Description = $"Why, in one line of 1 to {KillFile.ReasonLengthMax} characters; it goes into the journal.",
        HelpName = "TEXT",
        Required = true,
        CustomParser = result =>
        {
            var reason = result.Tokens[0].Value.Trim();
            if (reason.Length is 0 or > KillFile.ReasonLengthMax || reason.Any(char.IsControl))
            {
                result.AddError($"--reason takes one line of 1 to {KillFile.ReasonLengthMax} characters; found {reason.Length}{(reason.Any(char.IsControl) ? ", some of which cannot be printed" : "")}.");
            }

            return reason;
        },
    };
}
