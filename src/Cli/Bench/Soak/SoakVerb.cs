using System.CommandLine;
using Parallax.Cli.Options;
using Parallax.Cli.Output;

namespace Parallax.Cli.Bench.Soak;

public static class SoakVerb
{
    /// <summary>Shorter runs cannot show that anything levels off.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private const int FaultsMin = 12;

    public static Command Create()
    {
        var defaults = new SoakTerms();
        var length = new Option<TimeSpan?>("--for") { Description = "How long. Default 10m; below 2m memory and rate are shown and not judged.", HelpName = "time", CustomParser = Parse.Duration };
        var rate = new Option<int>("--rate")
        {
            Description = $"Frames of market data a second. Default {defaults.Rate}.",
            HelpName = "count",
            DefaultValueFactory = _ => defaults.Rate,
            CustomParser = result => (int)Parse.Whole(result, 100, 1_000_000, "a count"),
        };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON, every second's sample included." };
        return Verb.Create(
            "soak",
            "Runs a paper session against a faulty server on loopback and judges whether anything leaks or is lost.",
            "parallax bench soak --for 30s --rate 2000",
            [length, rate, json],
            async (parsed, cancellation) =>
            {
                var lasts = parsed.GetValue(length) ?? defaults.Length;
                var interval = lasts / FaultsMin < defaults.FaultInterval ? lasts / FaultsMin : defaults.FaultInterval;
                var terms = defaults with { Length = lasts, Rate = parsed.GetValue(rate), FaultInterval = interval };
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                var progress = new ProgressLine<SoakSample>(
                    error, (sample, _) => $"{sample.Second:F0} s, {sample.LiveBooks} books live, {sample.Messages:N0} messages, {sample.WorkingSet / 1e6:F0} MB");
                var (date, load) = (TimeProvider.System.GetUtcNow(), BenchRun.LoadNow());
                var folder = Directory.CreateTempSubdirectory("parallax-soak-").FullName;
                SoakResult soak;
                try
                {
                    soak = await SoakRun.RunAsync(terms, folder, TimeProvider.System, progress, cancellation);
                }
                finally
                {
                    progress.Clear();
                    Directory.Delete(folder, recursive: true);
                }

                var judgements = SoakJudgement.Of(soak);
                var machine = new BenchRun([], date, load);
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(output, SoakText.Json(soak, judgements, machine));
                }
                else
                {
                    await SoakText.WriteAsync(output, soak, judgements, machine);
                }

                return judgements.All(one => one.Holds || (one.NeedsTime && lasts < Long)) ? ExitCodes.Done : ExitCodes.Failed;
            });
    }
}
