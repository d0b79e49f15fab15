using System.Text.Json.Nodes;
using Parallax.Cli.Output;
using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Bench.Soak;

/// <summary>What people and scripts read of a soak.</summary>
internal static class SoakText
{
    private static readonly (string Name, double Share)[] Quantiles = [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)];

    public static async Task WriteAsync(TextWriter output, SoakResult soak, IReadOnlyList<SoakJudgement> judgements, BenchRun machine)
    {
        await output.WriteLineAsync(
            $"{BenchRun.Cpu}, {BenchRun.Cores} cores, {BenchRun.Runtime}; load {(machine.Load is { } load ? $"{load:F1}" : "unknown")}; {machine.Date:yyyy-MM-dd HH:mm} UTC");
        var table = Terminal.Table("", "", "");
        table.Columns[2].NoWrap = false;
        foreach (var judgement in judgements)
        {
            table.AddPlainRow(judgement.Id, judgement.Holds ? "holds" : "FAILS", judgement.Found);
        }

        Terminal.On(output).Write(table);
        foreach (var stage in soak.Latencies)
        {
            await output.WriteLineAsync($"{stage.Stage}: {string.Join(", ", Quantiles.Select(one => $"{one.Name} {Time(stage.Quantile(one.Share))}"))}");
        }
    }

    public static JsonObject Json(SoakResult soak, IReadOnlyList<SoakJudgement> judgements, BenchRun machine)
    {
        var json = machine.ToJson();
        json.Remove("rows");
        json["seconds"] = soak.Terms.Length.TotalSeconds;
        json["rate"] = soak.Terms.Rate;
        json["frames_per_second"] = Math.Round(soak.FramesPerSecond, 1);
        json["judgements"] = new JsonArray([.. judgements.Select(one => (JsonNode)new JsonObject
        {
            ["id"] = one.Id,
            ["holds"] = one.Holds,
            ["found"] = one.Found,
            ["needs_time"] = one.NeedsTime,
        })]);
        json["latency_ns"] = new JsonObject([.. soak.Latencies.Select(stage => KeyValuePair.Create(stage.Stage, (JsonNode?)Row(stage)))]);
        json["connection_ends"] = new JsonObject([.. soak.Ends.Select(end => KeyValuePair.Create(end.Key, (JsonNode?)end.Value))]);
        json["faults"] = new JsonArray([.. soak.Faults.Select(fault => (JsonNode)new JsonObject
        {
            ["kind"] = fault.Kind.ToString(),
            ["second"] = Math.Round(fault.Second, 2),
            ["noticed"] = fault.IsNoticed,
            ["overtaken"] = fault.IsOvertaken,
            ["recovered_ms"] = fault.RecoveredAfter is { } after ? Math.Round(after.TotalMilliseconds) : null,
        })]);
        json["samples"] = new JsonArray([.. soak.Samples.Select(sample => (JsonNode)new JsonObject
        {
            ["second"] = Math.Round(sample.Second, 2),
            ["working_set"] = sample.WorkingSet,
            ["heap"] = sample.Heap,
            ["handles"] = sample.Handles,
            ["threads"] = sample.Threads,
            ["messages"] = sample.Messages,
            ["records"] = sample.Records,
            ["overflows"] = sample.Overflows,
            ["reconnects"] = sample.Reconnects,
            ["resynchronisations"] = sample.Resynchronisations,
            ["live_books"] = sample.LiveBooks,
        })]);
        return json;
    }

    private static JsonObject Row(StageLatency stage) =>
        new([.. Quantiles.Select(one => KeyValuePair.Create(one.Name.Replace(".", "", StringComparison.Ordinal), (JsonNode?)stage.Quantile(one.Share)))]);

    private static string Time(long? nanos) => nanos switch
    {
        null => "none",
        < 1_000 => $"{nanos} ns",
        < 1_000_000 => $"{nanos / 1e3:F1} µs",
        _ => $"{nanos / 1e6:F2} ms",
    };
}
