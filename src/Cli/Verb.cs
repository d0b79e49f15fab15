using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Parallax.Cli;

/// <summary>How every verb is made: a name, one sentence, an example that works, and what it does.</summary>
public sealed class Verb : Command
{
    private Verb(string name, string summary, string example)
        : base(name, summary) => Example = example;

    /// <summary>A command line that works as it stands; printed under <c>--help</c>.</summary>
    public string Example { get; }

    public static Command Create(string name, string summary, string example, IEnumerable<Symbol> symbols, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        var verb = new Verb(name, summary, example);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    verb.Add(option);
                    break;
                case Argument argument:
                    verb.Add(argument);
                    break;
            }
        }

        // On another thread: Ctrl-C is listened for only once the action has returned its task.
        verb.SetAction((parsed, cancellation) => Task.Run(() => run(parsed, cancellation), CancellationToken.None));
        return verb;
    }

    /// <summary>A verb that only holds others, such as <c>tape</c>.</summary>
    public static Command Group(string name, string summary, string example, params ReadOnlySpan<Command> verbs)
    {
        var group = new Verb(name, summary, example);
        foreach (var verb in verbs)
        {
            group.Add(verb);
        }

        return group;
    }

    /// <summary>Puts the verb's example under the help that the library prints.</summary>
    public static void AddExamplesTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((SynchronousCommandLineAction)help.Action!);
    }

    /// <summary>Whether help was asked for: then nothing that is missing matters.</summary>
    public static bool IsHelp(ParseResult parsed) => parsed.Action is HelpWithExample;

    private sealed class HelpWithExample(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is Verb verb)
            {
                parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {verb.Example}\n");
            }

            return ExitCodes.Done;
        }
    }
}
