using System.CommandLine;
using System.Diagnostics;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Simulation.Drill;
using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.Shrinking;

namespace Parallax.Cli.Drill;

/// <summary>Makes everything go wrong, thousands of times, and looks whether anything was forgotten, done twice or miscounted.</summary>
public static class DrillVerb
{
    /// <summary>Of the seeds that fail, so many are shrunk and shown in full.</summary>
    private const int ShownMax = 5;

    public static Command Create()
    {
        var seeds = Number("--seeds", "How many seeds to run.", 1_000, 1, 10_000_000, "a number of seeds");
        var from = Number("--from", "The first of them.", 1, 0, long.MaxValue / 2, "a seed");
        var seed = Number("--seed", "Run this seed alone.", 0, 0, long.MaxValue / 2, "a seed");
        var scenario = new Option<string?>("--scenario") { Description = "Only faults of this scenario, such as A7. Default: faults of all.", HelpName = "A7" };
        scenario.AcceptOnlyFromAmong([.. FaultCatalog.Scenarios]);
        var explain = new Option<bool>("--explain") { Description = "With --seed: tell what happened, line by line." };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        return Verb.Create(
            "drill",
            "Runs the engine against a simulated venue, network, disk and clock in which everything goes wrong, by a seed.",
            "parallax drill --seeds 200 --scenario A7",
            [seeds, from, seed, scenario, explain, json],
            async (parsed, cancellation) =>
            {
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                var isAlone = parsed.GetResult(seed) is { Implicit: false };
                if (parsed.GetValue(explain) && !isAlone)
                {
                    throw new UserErrorException("--explain tells of one seed: name it with --seed.", ExitCodes.WrongUsage);
                }

                if (isAlone && (parsed.GetResult(seeds) is { Implicit: false } || parsed.GetResult(from) is { Implicit: false }))
                {
                    throw new UserErrorException("--seed runs one seed; --seeds and --from run many. Give one or the other.", ExitCodes.WrongUsage);
                }

                var (first, count) = isAlone ? ((ulong)parsed.GetValue(seed), 1) : ((ulong)parsed.GetValue(from), (int)parsed.GetValue(seeds));
                var only = parsed.GetValue(scenario);
                if (parsed.GetValue(explain))
                {
                    return await ExplainAsync(first, only, parsed.GetValue(json), output);
                }

                var started = Stopwatch.GetTimestamp();
                var progress = new ProgressLine<int>(error, (done, elapsed) => $"drilling {done:N0} of {count:N0} seeds, {done / elapsed.TotalSeconds:N0} a second");
                var totals = DrillRunner.Run(first, count, only, progress, cancellation: cancellation);
                progress.Clear();
                var elapsed = Stopwatch.GetElapsedTime(started);
                DrillResult[] shrunk = [.. totals.Failures.Take(ShownMax).Select(Shrinker.Shrink)];
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(output, DrillText.ToJson(totals, shrunk, first, only, elapsed));
                }
                else
                {
                    await DrillText.WriteAsync(output, totals, shrunk, first, only, elapsed);
                }

                return totals.Failures.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
            });
    }

    /// <summary>A seed that fails is shrunk first: the shortest story is the one to read.</summary>
    private static async Task<int> ExplainAsync(ulong seed, string? scenario, bool isJson, TextWriter output)
    {
        var result = DrillRun.Of(DrillPlan.Of(seed, scenario));
        var told = DrillRun.Of(result.Breach is null ? result.Plan : Shrinker.Shrink(result).Plan, keepsStory: true);
        if (isJson)
        {
            await Json.WriteAsync(output, DrillText.ToJson(told));
        }
        else
        {
            await DrillText.WriteStoryAsync(output, told);
        }

        return result.Breach is null ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static Option<long> Number(string name, string description, long standard, long min, long max, string what) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
        HelpName = "n",
        CustomParser = result => Parse.Whole(result, min, max, what),
    };
}
