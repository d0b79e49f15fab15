using Parallax.Cli.Output;
using Parallax.Measurements;

namespace Parallax.Cli.Bench;

/// <summary>The table that people read.</summary>
internal static class BenchText
{
    public static async Task WriteAsync(TextWriter output, BenchRun run)
    {
        await output.WriteLineAsync($"{BenchRun.Cpu}, {BenchRun.Cores} cores, {BenchRun.Runtime}; load {(run.Load is { } load ? $"{load:F1}" : "unknown")}; {run.Date:yyyy-MM-dd HH:mm} UTC");
        var table = Terminal.Table("#", "what", ">ours", "yardstick", ">yardstick", ">ratio", ">target", "result");
        table.Columns[1].NoWrap = false;
        table.Columns[3].NoWrap = false;
        foreach (var row in run.Rows)
        {
            table.AddPlainRow(
                row.Id,
                row.Name,
                Time(row.OursNanos),
                row.Yardstick,
                row.YardstickNanos > 0 ? Time(row.YardstickNanos) : "",
                Number(row.Ratio),
                $"{(row.IsUpperBound ? "≤" : "≥")} {Number(row.TargetRatio)}",
                Result(row));
        }

        Terminal.On(output).Write(table);
        foreach (var row in run.Rows)
        {
            await output.WriteLineAsync($"{row.Id}  {Details(row)}");
        }
    }

    public static async Task WriteAsync(TextWriter output, IReadOnlyList<BenchComparison> comparisons, double regressionMax)
    {
        await output.WriteLineAsync();
        if (comparisons.Count == 0)
        {
            await output.WriteLineAsync("Nothing in the baseline can be compared with this run.");
            return;
        }

        await output.WriteLineAsync($"Against the baseline, times faster than the yardstick; {regressionMax:P0} less is a regression");
        var table = Terminal.Table("#", "what", ">before", ">now", ">change", "result");
        table.Columns[1].NoWrap = false;
        foreach (var comparison in comparisons)
        {
            table.AddPlainRow(
                comparison.Row.Id,
                comparison.Row.Name,
                Number(comparison.Before),
                Number(comparison.Now),
                comparison.Change.ToString("+0.0 %;-0.0 %"),
                comparison.IsRegression ? "regressed" : comparison.Row.IsSteady ? "holds" : "does not count: yardstick unsteady");
        }

        Terminal.On(output).Write(table);
    }

    private static string Result(Measurement row) =>
        !row.DigestsEqual ? "void: results differ"
        : row.IsSteady ? row.IsReached ? "reached" : "not reached"
        : $"{(row.IsReached ? "reached" : "not reached")}, does not count";

    private static string Details(Measurement row)
    {
        var parts = new List<string>();
        if (row.Rounds > 0)
        {
            parts.Add($"{row.Rounds} rounds, spread {row.Spread:P0}");
        }

        if (row.YardstickNanos > 0)
        {
            parts.Add($"yardstick spread {row.YardstickSpread:P0}{(row.IsSteady ? "" : $" (above {Measurement.SpreadMax:P0}: the machine was busy)")}");
        }

        if (row.Tail is { } tail)
        {
            parts.Add($"p50 {Time(tail.P50)}, p99 {Time(tail.P99)}, p99.9 {Time(tail.P999)}");
        }

        if (row.Stages.Count > 0)
        {
            parts.Add("medians of its stages: " + string.Join(", ", row.Stages.Select(stage => $"{stage.Name} {Time(stage.Nanos)}")));
        }

        parts.Add($"{row.BytesAllocated:N0} bytes allocated, {row.Collections} collections");
        return string.Join("; ", parts);
    }

    private static string Time(double nanos) => nanos switch
    {
        < 1_000 => $"{nanos:F1} ns",
        < 1_000_000 => $"{nanos / 1e3:F2} µs",
        _ => $"{nanos / 1e6:F2} ms",
    };

    private static string Number(double value) => value switch
    {
        >= 100 => value.ToString("F0"),
        >= 10 => value.ToString("F1"),
        _ => value.ToString("F2"),
    };
}
