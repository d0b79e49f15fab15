using System.Text.Json.Nodes;

namespace Parallax.Journey.Tests;

/// <summary>The demo's market is arranged so that everything a trader must know is seen soon.</summary>
[Collection(OneDemoAtATime.Name)]
public sealed class TwoMinutesTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Within_two_minutes_a_plan_completes_one_is_refused_with_its_reason_one_fills_in_part_and_one_is_unwound()
    {
        await using var demo = await DemoProcess.StartSilentAsync(_folder.Path, "--for", "120s", "--seed", "7");
        var seen = await Patience.UntilAsync(() => SeenAsync(demo), seen => seen == Seen.All, Limit - demo.Age, "One of each kind");
        Assert.Equal(Seen.All, seen);

        var (run, _) = await demo.EndAsync("INT");
        var summary = JsonNode.Parse(run.Done())!;
        Assert.True((int)summary["plans"]!["completed"]! > 0);
        Assert.True((int)summary["plans"]!["unwound"]! > 0);
        Assert.True(summary["refused"]!.AsObject().Count > 0);
        Assert.True((double)summary["uptime_seconds"]! > 0);
        Assert.True((long)summary["messages"]! > 0);
        Assert.Equal(0, (long)summary["reconnects"]!);
        Assert.Equal(0, (long)summary["checksum_failures"]!);
        Assert.True((long)summary["decision_latency_ns"]!["p99"]! >= (long)summary["decision_latency_ns"]!["p50"]!);
    }

    private static async Task<Seen> SeenAsync(DemoProcess demo)
    {
        var plans = (await demo.AskAsync("plans?limit=1000"))["items"]!.AsArray();
        var opportunities = (await demo.AskAsync("opportunities?limit=1000"))["items"]!.AsArray();
        return new Seen(
            plans.Any(plan => (string?)plan!["outcome"] == "completed"),
            opportunities.Any(one => !string.IsNullOrEmpty((string?)one!["refusal"]) && one["plan"] is null),
            plans.Any(plan => (bool)plan!["is_partial"]!),
            plans.Any(plan => (string?)plan!["outcome"] == "unwound"));
    }

    private sealed record Seen(bool Completed, bool Refused, bool Partial, bool Unwound)
    {
        public static Seen All { get; } = new(true, true, true, true);
    }
}
