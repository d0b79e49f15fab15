using System.Text.Json.Nodes;
using Parallax.Cli.Bench.Soak;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Cli.Tests.Bench;

/// <summary>A quarter of a minute of the soak, slow enough for a busy machine, and whether its judgements can fail.</summary>
public sealed class SoakTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-soak-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_fault_is_noticed_and_recovered_and_no_record_is_lost_unnoticed()
    {
        var run = await CommandLine.RunAsync("bench", "soak", "--for", "15s", "--rate", "2000", "--json");

        Assert.Equal("", run.Error);
        var json = JsonNode.Parse(run.Output)!;
        var judgements = json["judgements"]!.AsArray();
        Assert.All(judgements.Where(one => !(bool)one!["needs_time"]!), one => Assert.True((bool)one!["holds"]!, $"{one["id"]}: {one["found"]}"));
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        var kinds = json["faults"]!.AsArray().Select(fault => (string)fault!["kind"]!).ToHashSet();
        Assert.Superset(new HashSet<string> { nameof(FrameFault.Checksum), nameof(FrameFault.Drop), nameof(FrameFault.Disconnect), nameof(FrameFault.Truncate) }, kinds);
        Assert.True(json["samples"]!.AsArray().Count >= 14);
        Assert.True((long)json["latency_ns"]!["decision"]!["p99"]! >= (long)json["latency_ns"]!["queue"]!["p50"]!);
    }

    [Fact]
    public async Task A_soak_that_leaked_or_lost_something_is_judged_so()
    {
        var terms = new SoakTerms { Length = TimeSpan.FromSeconds(6), Rate = 1_000, Instruments = 12, FaultInterval = TimeSpan.FromSeconds(1) };
        var soak = await SoakRun.RunAsync(terms, _folder, TimeProvider.System, new Progress<SoakSample>(), CancellationToken.None);

        Assert.All(["noticed", "recovered", "causes", "frames", "records", "books", "session"], id => Holds(soak, id));

        Fails(soak with { Samples = [.. soak.Samples.Select((sample, second) => sample with { WorkingSet = 100_000_000 * (second + 1L) })] }, "memory");
        Fails(soak with { Samples = [.. soak.Samples.Select((sample, second) => sample with { Heap = 100_000_000 * (second + 1L) })] }, "heap");
        Fails(soak with { Samples = [.. soak.Samples.Select((sample, second) => sample with { Handles = 5 * second })] }, "handles");
        Fails(soak with { Samples = [.. soak.Samples.Select((sample, second) => sample with { Threads = 5 * second })] }, "threads");
        Fails(soak with { FramesPerSecond = 0.98 * soak.Terms.Rate }, "rate");
        Fails(soak with { Faults = [.. soak.Faults.Select(fault => fault with { IsNoticed = false, IsOvertaken = false })] }, "noticed");
        Fails(soak with { Faults = [] }, "noticed");
        Fails(soak with { Faults = [.. soak.Faults.Select(fault => fault with { RecoveredAfter = null })] }, "recovered");
        Fails(soak with { Feed = soak.Feed with { ChecksumFailures = soak.Faults.Count + 1 } }, "causes");
        Fails(soak with { Feed = soak.Feed with { ConnectionMessages = soak.Feed.ConnectionMessages - 1 } }, "frames");
        Fails(soak with { Feed = soak.Feed with { Reconnects = 0 }, Server = soak.Server with { SentOnClosed = soak.Feed.Messages + 1 } }, "frames");
        Fails(soak with { BooksTaken = soak.BooksTaken - 1 }, "records");
        Fails(soak with { DifferingBooks = ["BTC/USD"] }, "books");
        Fails(soak with { Instruments = soak.Instruments + 1 }, "books");
        Fails(soak with { Fault = "The disk is full." }, "session");
    }

    private static void Holds(SoakResult soak, string id) => Assert.True(Judged(soak, id).Holds, $"{id}: {Judged(soak, id).Found}");

    private static void Fails(SoakResult soak, string id) => Assert.False(Judged(soak, id).Holds, $"{id}: {Judged(soak, id).Found}");

    private static SoakJudgement Judged(SoakResult soak, string id) => SoakJudgement.Of(soak).Single(one => one.Id == id);
}
