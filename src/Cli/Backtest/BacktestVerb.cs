using System.CommandLine;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Cli.Systems;

namespace Parallax.Cli.Backtest;

public static class BacktestVerb
{
    public static Command Create()
    {
        var input = new RecordingInput();
        var options = new BacktestOptions();
        var journal = new Option<string?>("--journal") { Description = "Write the journal into this new folder; without it only its hash is kept.", HelpName = "FOLDER" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        return Verb.Create(
            "backtest",
            "Plays a tape through the engine and a simulated venue, and reports what it would have done.",
            "parallax backtest market.tape --capital USD=10000 --fee-bps 26",
            [.. input.All, .. options.All, journal, json],
            async (parsed, cancellation) =>
            {
                var settings = options.Read(parsed);
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                using var tape = input.Open(parsed, error, cancellation);
                var progress = new ProgressLine<BacktestProgress>(error, BacktestText.Progress);
                var report = BacktestSystem.Run(settings, tape.Path, parsed.GetValue(journal), TimeProvider.System, progress, cancellation) with
                {
                    Tape = tape.Name,
                };
                progress.Clear();
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(output, report.ToJson());
                }
                else
                {
                    await BacktestText.WriteAsync(output, report, settings);
                }

                return ExitCodes.Done;
            });
    }
}
