using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Parallax.Measurements;

namespace Parallax.Cli.Bench;

/// <summary>What was measured, on which machine and when.</summary>
/// <param name="Load">Processes that wanted to run in the minute before; <see langword="null"/> where the system does not say.</param>
public sealed record BenchRun(IReadOnlyList<Measurement> Rows, DateTimeOffset Date, double? Load)
{
    public static string Cpu { get; } = CpuName();

    public static int Cores => Environment.ProcessorCount;

    public static string Runtime => $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}";

    /// <summary>The load average over one minute.</summary>
    public static double? LoadNow()
    {
        const string Averages = "/proc/loadavg";
        return File.Exists(Averages) && double.TryParse(File.ReadAllText(Averages).Split(' ')[0], out var load) ? load : null;
    }

    public JsonObject ToJson() => new()
    {
        ["date"] = Date.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        ["machine"] = new JsonObject { ["cpu"] = Cpu, ["cores"] = Cores, ["runtime"] = Runtime, ["load"] = Load },
        ["rows"] = new JsonArray([.. Rows.Select(row => (JsonNode)ToJson(row))]),
    };

    private static JsonObject ToJson(Measurement row) => new()
    {
        ["id"] = row.Id,
        ["name"] = row.Name,
        ["ours_ns"] = Rounded(row.OursNanos),
        ["spread"] = Rounded(row.Spread),
        ["yardstick"] = row.Yardstick,
        ["yardstick_ns"] = Rounded(row.YardstickNanos),
        ["yardstick_spread"] = Rounded(row.YardstickSpread),
        ["times_yardstick"] = row.TimesYardstick is { } times ? Rounded(times) : null,
        ["ratio"] = Rounded(row.Ratio),
        ["target"] = row.TargetRatio,
        ["target_is"] = row.IsUpperBound ? "at most" : "at least",
        ["reached"] = row.IsReached,
        ["digests_equal"] = row.DigestsEqual,
        ["steady"] = row.IsSteady,
        ["rounds"] = row.Rounds,
        ["p50_ns"] = row.Tail is { } p50 ? Rounded(p50.P50) : null,
        ["p99_ns"] = row.Tail is { } p99 ? Rounded(p99.P99) : null,
        ["p999_ns"] = row.Tail is { } p999 ? Rounded(p999.P999) : null,
        ["stages_ns"] = new JsonObject(row.Stages.Select(stage => KeyValuePair.Create(stage.Name, (JsonNode?)Rounded(stage.Nanos)))),
        ["bytes_allocated"] = row.BytesAllocated,
        ["collections"] = row.Collections,
    };

    private static double Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 4) : 0;

    private static string CpuName()
    {
        const string Processors = "/proc/cpuinfo";
        var line = File.Exists(Processors) ? File.ReadLines(Processors).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
