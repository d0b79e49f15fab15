using System.CommandLine;

namespace Parallax.Cli;

/// <summary>How every verb is made: a name, one sentence, an example that works, and what it does.</summary>
public static class Verb
{
    public static Command Create(string name, string summary, string example, IEnumerable<Symbol> symbols, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        var command = Group(name, summary, example);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    command.Add(option);
                    break;
                case Argument argument:
                    command.Add(argument);
                    break;
                case Command verb:
                    command.Add(verb);
                    break;
            }
        }

        command.SetAction(run);
        return command;
    }

    /// <summary>A verb that only holds others, such as <c>tape</c>.</summary>
    public static Command Group(string name, string summary, string example) =>
        new(name, $"{summary}{Environment.NewLine}{Environment.NewLine}Example:{Environment.NewLine}  {example}");
}
