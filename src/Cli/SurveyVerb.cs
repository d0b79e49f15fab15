using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Reporting.Surveys;

namespace Parallax.Cli;

public static class SurveyVerb
{
    public static Command Create()
    {
        var input = new RecordingInput();
        var fees = new Option<IReadOnlyList<decimal>>("--fees")
        {
            Description = "Fees of one leg to compare, bps. Default 0,10,26.",
            HelpName = "bps,bps",
            CustomParser = result => Parse.Decimals(result, 0m, 1_000m, "bps"),
            DefaultValueFactory = _ => [0m, 10m, 26m],
            Arity = ArgumentArity.OneOrMore,
        };
        var legs = new Option<long>("--legs")
        {
            Description = "Longest cycle, 3 to 5 legs.",
            DefaultValueFactory = _ => 3,
            HelpName = "n",
            CustomParser = result => Parse.Whole(result, 3, 5, "a number of legs"),
        };
        var starts = new Option<IReadOnlyList<Asset>>("--start-assets")
        {
            Description = "Only cycles through one of these, beginning there. Default: all cycles, beginning at the usual quote asset.",
            HelpName = "A,B",
            CustomParser = Parse.Assets,
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print the rows as JSON." };
        return Verb.Create(
            "survey",
            "Counts for each directed cycle how often the best prices alone would have paid, before any size, delay or risk.",
            "parallax survey market.tape --fees 0,10,26",
            [.. input.All, fees, legs, starts, json],
            async (parsed, cancellation) =>
            {
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                using var tape = input.Open(parsed, error, cancellation);
                var progress = new ProgressLine<double>(error, (done, _) => $"surveying {done:P0}");
                var survey = MarketSurvey.Run(
                    tape.Path, parsed.GetValue(fees) ?? [], (int)parsed.GetValue(legs), parsed.GetValue(starts) ?? [], progress, cancellation);
                progress.Clear();
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(output, ToJson(tape.Name, survey));
                }
                else
                {
                    await WriteAsync(output, tape.Name, survey);
                }

                return ExitCodes.Done;
            });
    }

    private static JsonObject ToJson(string tape, MarketSurvey survey) => new()
    {
        ["tape"] = tape,
        ["span_seconds"] = survey.Span.TotalSeconds,
        ["torn_tail"] = survey.TornTail,
        ["rows"] = new JsonArray([.. survey.Rows.Select(row => (JsonNode)new JsonObject
        {
            ["cycle"] = row.Cycle.ToString(),
            ["evaluations"] = row.Evaluations,
            ["max_gross_bps"] = Rounded(row.MaxGrossBps),
            ["median_gross_bps"] = Rounded(row.MedianGrossBps),
            ["at_fee"] = new JsonArray([.. row.AtFee.Select(at => (JsonNode)new JsonObject
            {
                ["fee_bps"] = JsonNode.Parse(Decimals.Plain(at.FeeBps)),
                ["positive"] = at.Positive,
                ["episodes"] = at.Episodes,
                ["seconds"] = JsonNode.Parse(Decimals.Plain(at.Seconds)),
            })]),
        })]),
    };

    private static async Task WriteAsync(TextWriter output, string tape, MarketSurvey survey)
    {
        await output.WriteLineAsync($"{tape}: {survey.Records:N0} records over {survey.Span.TotalSeconds:0.##} s, {survey.Instruments} instruments, {survey.Rows.Count} directed cycles");
        if (survey.TornTail is { } torn)
        {
            await output.WriteLineAsync($"Not read: {torn}");
        }

        var seen = survey.Rows.Where(row => row.Evaluations > 0).OrderByDescending(row => row.MaxGrossBps).ToList();
        if (seen.Count == 0)
        {
            await output.WriteLineAsync(survey.Rows.Count == 0
                ? "These instruments form no cycle."
                : "No cycle ever had a bid below an ask on all of its legs.");
            return;
        }

        // Short heads: the table has to fit 80 columns; the line below it says what they mean.
        string[] heads = [">looks", ">max", ">median", .. survey.Rows[0].AtFee.Select(at => $">@{Decimals.Plain(at.FeeBps)}"), ">runs", ">s"];
        var table = Terminal.Table(["cycle", .. heads]);
        foreach (var row in seen.Take(40))
        {
            table.AddPlainRow([
                row.Cycle.ToString(),
                row.Evaluations.ToString("N0"),
                row.MaxGrossBps!.Value.ToString("+0.000;-0.000"),
                row.MedianGrossBps!.Value.ToString("+0.000;-0.000"),
                .. row.AtFee.Select(at => at.Positive.ToString("N0")),
                row.AtFee[0].Episodes.ToString("N0"),
                row.AtFee[0].Seconds.ToString("0.000")]);
        }

        Terminal.On(output).Write(table);
        await output.WriteLineAsync("looks: moments at which all legs had prices; max, median: gross edge in bps; @fee: looks that paid at that");
        await output.WriteLineAsync($"fee a leg; runs, s: how often and how long in all at {Decimals.Plain(survey.Rows[0].AtFee[0].FeeBps)} bps. Top of book only: no size, delay or lots.");
        if (seen.Count > 40)
        {
            await output.WriteLineAsync($"{seen.Count - 40} more cycles had prices; --json prints all.");
        }
    }

    private static JsonNode? Rounded(double? bps) => bps is { } value ? Math.Round(value, 9) : null;
}
