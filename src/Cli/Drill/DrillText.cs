using System.Globalization;
using System.Text.Json.Nodes;
using Parallax.Domain;
using Parallax.Simulation.Drill;

namespace Parallax.Cli.Drill;

/// <summary>What a drill found, for people and for programs.</summary>
internal static class DrillText
{
    public static async Task WriteAsync(
        TextWriter output, DrillTotals totals, IReadOnlyList<DrillResult> shrunk, ulong first, string? scenario, TimeSpan elapsed)
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {totals.Seeds:N0} seeds from {first}{(scenario is null ? "" : $", faults of {scenario} alone")}: {totals.Steps:N0} steps, {totals.Plans:N0} plans ({totals.Simultaneous:N0} simultaneous, {totals.Hybrid:N0} hybrid), {totals.Orders:N0} orders, {totals.Crashes:N0} restarts.
            {elapsed.TotalSeconds:F1} s, {totals.Seeds / elapsed.TotalSeconds:N0} seeds a second.
            """));
        if (totals.Failures.Count == 0)
        {
            await output.WriteLineAsync("Every invariant held.");
            return;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{totals.Failures.Count:N0} seeds failed:"));
        foreach (var failed in totals.Failures)
        {
            await output.WriteLineAsync($"  seed {failed.Plan.Seed}: {failed.Breach!.Invariant}: {failed.Breach.What}");
        }

        foreach (var least in shrunk)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync($"Seed {least.Plan.Seed} breaks {least.Breach!.Invariant} with no more than:");
            await WriteFaultsAsync(output, least);
            await output.WriteLineAsync($"  parallax drill --seed {least.Plan.Seed}{(scenario is null ? "" : $" --scenario {scenario}")} --explain");
        }
    }

    public static async Task WriteStoryAsync(TextWriter output, DrillResult told)
    {
        await output.WriteLineAsync($"Seed {told.Plan.Seed}. Seconds since the start, step, who, what:");
        foreach (var line in told.Story)
        {
            await output.WriteLineAsync(line);
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync("What went wrong on purpose:");
        await WriteFaultsAsync(output, told);
        await output.WriteLineAsync(told.Breach is { } breach
            ? $"After step {breach.Step} {breach.Invariant} no longer held: {breach.What}"
            : "Every invariant held.");
    }

    public static JsonObject ToJson(DrillTotals totals, IReadOnlyList<DrillResult> shrunk, ulong first, string? scenario, TimeSpan elapsed) => new()
    {
        ["seeds"] = totals.Seeds,
        ["from"] = first,
        ["scenario"] = scenario,
        ["steps"] = totals.Steps,
        ["plans"] = totals.Plans,
        ["simultaneous"] = totals.Simultaneous,
        ["hybrid"] = totals.Hybrid,
        ["orders"] = totals.Orders,
        ["restarts"] = totals.Crashes,
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
        ["failed"] = new JsonArray([.. totals.Failures.Select(failed => (JsonNode)Summary(failed))]),
        ["shrunk"] = new JsonArray([.. shrunk.Select(least => (JsonNode)Summary(least))]),
    };

    public static JsonObject ToJson(DrillResult told)
    {
        var json = Summary(told);
        json["story"] = new JsonArray([.. told.Story.Select(line => (JsonNode)line)]);
        return json;
    }

    private static JsonObject Summary(DrillResult result) => new()
    {
        ["seed"] = result.Plan.Seed,
        ["invariant"] = result.Breach?.Invariant,
        ["what"] = result.Breach?.What,
        ["step"] = result.Breach?.Step,
        ["chaos_ms"] = result.Plan.Terms.ChaosNanos / UtcNanos.PerMillisecond,
        ["faults"] = new JsonArray([.. result.Plan.Faults().Select(fault => (JsonNode)fault.ToString()!)]),
    };

    private static async Task WriteFaultsAsync(TextWriter output, DrillResult result)
    {
        foreach (var fault in result.Plan.Faults())
        {
            await output.WriteLineAsync($"  {fault}");
        }
    }
}
