using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using Parallax.Cli.Bench.Soak;
using Parallax.Cli.Output;
using Parallax.Measurements;

namespace Parallax.Cli.Bench;

public static class BenchVerb
{
    private const double RegressionMaxDefault = 0.1;

    public static Command Create()
    {
        var only = new Option<IReadOnlyList<string>?>("--only")
        {
            Description = $"Only these rows: {string.Join(", ", BenchCatalog.Ids)}.",
            HelpName = "P1,D1",
            CustomParser = Rows,
        };
        var baseline = new Option<string?>("--baseline") { Description = "Compare with an earlier run; a regression ends in exit code 1.", HelpName = "FILE" };
        var regression = new Option<double?>("--max-regression")
        {
            Description = "How much a ratio may fall against the baseline. Default 10%.",
            HelpName = "percent",
            CustomParser = Percent,
        };
        var save = new Option<string?>("--save") { Description = "Keep the result for a later --baseline.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var startup = new Option<string?>(BenchCatalog.StartupOption) { Description = "What a fresh process is asked for E3 and M1.", Hidden = true };
        var verb = Verb.Create(
            "bench",
            "Measures the engine against yardsticks in the same run, in about a minute.",
            "parallax bench --only R2,J1",
            [only, baseline, regression, save, json, startup],
            async (parsed, cancellation) =>
            {
                if (parsed.GetValue(startup) is { } how)
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(BenchCatalog.Probe(how));
                    return ExitCodes.Done;
                }

                if (parsed.GetValue(regression) is not null && parsed.GetValue(baseline) is null)
                {
                    throw new UserErrorException("--max-regression needs a --baseline to compare with.", ExitCodes.WrongUsage);
                }

                var before = parsed.GetValue(baseline) is { } path ? BenchBaseline.Read(path) : null;
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);

                // Found out now, not after a minute.
                using var kept = parsed.GetValue(save) is { } file ? new StreamWriter(File.Open(file, FileMode.Create, FileAccess.Write)) : null;
                var run = Measure(parsed.GetValue(only), error, cancellation);
                var regressionMax = parsed.GetValue(regression) ?? RegressionMaxDefault;
                var comparisons = before?.Compare(run.Rows, regressionMax);
                if (kept is not null)
                {
                    await Json.WriteAsync(kept, run.ToJson());
                }

                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(output, ToJson(run, comparisons));
                }
                else
                {
                    await BenchText.WriteAsync(output, run);
                    if (comparisons is not null)
                    {
                        await BenchText.WriteAsync(output, comparisons, regressionMax);
                    }
                }

                var hasFailed = run.Rows.Any(row => !row.DigestsEqual) || (comparisons?.Any(comparison => comparison.IsRegression) ?? false);
                return hasFailed ? ExitCodes.Failed : ExitCodes.Done;
            });
        verb.Add(SoakVerb.Create());
        return verb;
    }

    private static BenchRun Measure(IReadOnlyList<string>? only, TextWriter error, CancellationToken cancellation)
    {
        var load = BenchRun.LoadNow();
        var date = TimeProvider.System.GetUtcNow();
        var rows = new List<Measurement>();
        var progress = new ProgressLine<string>(error, (what, elapsed) => $"measuring {what}, {elapsed.TotalSeconds:F0} s");
        var folder = Directory.CreateTempSubdirectory("parallax-bench-").FullName;
        try
        {
            foreach (var group in BenchCatalog.Groups)
            {
                if (only is null || group.Ids.Any(only.Contains))
                {
                    cancellation.ThrowIfCancellationRequested();
                    progress.Report(string.Join(", ", group.Ids));
                    rows.AddRange(group.Run(folder, cancellation).Where(row => only is null || only.Contains(row.Id)));

                    // The garbage of one group's preparation is not the next one's collection.
                    GC.Collect();
                }
            }
        }
        finally
        {
            progress.Clear();
            Directory.Delete(folder, recursive: true);
        }

        return new BenchRun(rows, date, load);
    }

    private static JsonObject ToJson(BenchRun run, IReadOnlyList<BenchComparison>? comparisons)
    {
        var json = run.ToJson();
        if (comparisons is not null)
        {
            json["comparisons"] = new JsonArray([.. comparisons.Select(comparison => (JsonNode)new JsonObject
            {
                ["id"] = comparison.Row.Id,
                ["name"] = comparison.Row.Name,
                ["before"] = comparison.Before,
                ["now"] = Math.Round(comparison.Now, 4),
                ["counts"] = comparison.Row.IsSteady,
                ["regressed"] = comparison.IsRegression,
            })]);
        }

        return json;
    }

    private static string[]? Rows(ArgumentResult result)
    {
        var ids = result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(id => id.ToUpperInvariant()).ToArray();
        var unknown = ids.FirstOrDefault(id => !BenchCatalog.Ids.Contains(id));
        if (ids.Length == 0 || unknown is not null)
        {
            result.AddError($"--only takes rows separated by commas, of {string.Join(", ", BenchCatalog.Ids)}; found '{unknown ?? result.Tokens[0].Value}'.");
        }

        return ids;
    }

    private static double? Percent(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text.EndsWith('%') ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100)
        {
            return percent / 100;
        }

        result.AddError($"--max-regression takes a percentage from 0 to 100, such as 10%; found '{text}'.");
        return null;
    }
}
