using System.CommandLine;
using Parallax.Cli.Keys;
using Parallax.Journal.Framing;

namespace Parallax.Cli;

/// <summary>The command line as one object: the list of verbs, and the only place where a failure becomes a sentence and an exit code.</summary>
public static class ParallaxCli
{
    /// <summary>Parses and runs one command line.</summary>
    /// <param name="typed">What is typed; <see langword="null"/> for the terminal.</param>
    /// <returns>One of <see cref="ExitCodes"/>. Nothing a user can cause ends in a stack trace.</returns>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, ITypedInput? typed = null, CancellationToken cancellation = default)
    {
        var parsed = CreateRoot(typed).Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0 && !Verb.IsHelp(parsed))
        {
            var command = parsed.CommandResult.Command;
            var sentence = parsed.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is no verb, option or argument here." : parsed.Errors[0].Message;
            await error.WriteLineAsync($"parallax: {sentence}");
            await error.WriteLineAsync($"Try: parallax {(command is RootCommand ? "" : PathOf(parsed) + " ")}--help");
            return ExitCodes.WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                    // Long enough for a verb to close its files; the work itself stops at once.
                    ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
                },
                cancellation);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("parallax: stopped; files already written are complete.");
            return ExitCodes.Interrupted;
        }
        catch (UserErrorException wrong)
        {
            await error.WriteLineAsync($"parallax: {wrong.Message}");
            return wrong.ExitCode;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or MalformedRecordException)
        {
            await error.WriteLineAsync($"parallax: {wrong.Message}");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Every verb, one line each.</summary>
    public static RootCommand CreateRoot(ITypedInput? typed = null)
    {
        var root = new RootCommand("Finds, sizes and trades price disagreements between crypto markets, and can prove what it did.")
        {
            Operating.AcceptBalanceVerb.Create(typed),
            Alerts.AlertsVerbs.Create(),
            Live.ArmVerb.Create(typed),
            Backtest.BacktestVerb.Create(),
            Bench.BenchVerb.Create(),
            Operating.BreakersVerbs.Create(),
            Compare.CompareVerb.Create(),
            Config.ConfigVerbs.Create(),
            Demo.DemoVerb.Create(),
            Live.DisarmVerb.Create(),
            Doctor.DoctorVerb.Create(),
            Drill.DrillVerb.Create(),
            Market.FitnessVerb.Create(),
            Journals.JournalVerbs.Create(),
            KeysVerbs.Create(typed),
            Operating.KillVerb.Create(),
            Live.LiveVerb.Create(typed),
            Paper.PaperVerb.Create(),
            Market.RecordVerb.Create(),
            Operating.ResetRiskVerb.Create(),
            Operating.ResidualsVerbs.Create(typed),
            Operating.ResumeVerb.Create(),
            Simulator.SimulatorVerb.Create(),
            Operating.StatusVerb.Create(),
            Stores.StoreVerbs.Create(),
            SurveyVerb.Create(),
            Tape.TapeVerbs.Create(),
            VersionVerb.Create(),
            Operating.WhyVerb.Create(),
        };
        Verb.AddExamplesTo(root);
        return root;
    }

    private static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result.Command is not RootCommand; result = (System.CommandLine.Parsing.CommandResult)result.Parent!)
        {
            names.Insert(0, result.Command.Name);
        }

        return string.Join(' ', names);
    }
}
