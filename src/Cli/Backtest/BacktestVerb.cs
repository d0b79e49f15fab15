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
            "Plays a tape through the engine and a simulated venue, or a session's tape as recorded, and reports what came of it.",
            "parallax backtest market.tape --capital USD=10000 --fee-bps 26",
            [.. input.All, .. options.All, journal, json],
            async (parsed, cancellation) =>
            {
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                var recorded = input.TryTape(parsed, out var path) ? BacktestSystem.SettingsOn(path) : null;
                var settings = recorded is null ? options.Read(parsed) : null;
                if (recorded is not null)
                {
                    options.RequireNone(parsed, path!);
                }

                using var tape = input.Open(parsed, error, cancellation);
                var progress = new ProgressLine<BacktestProgress>(error, BacktestText.Progress);
                var folder = parsed.GetValue(journal);
                var report = (settings is null
                    ? BacktestSystem.RunRecorded(recorded!, tape.Path, folder, TimeProvider.System, progress, cancellation)
                    : BacktestSystem.Run(settings, tape.Path, folder, TimeProvider.System, progress, cancellation)) with
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
                    var venue = settings is null ? "played as recorded" : $"latency {settings.Entry} there and {settings.Response} back";
                    await BacktestText.WriteAsync(output, report, settings?.Engine ?? recorded!, venue);
                }

                return ExitCodes.Done;
            });
    }
}
