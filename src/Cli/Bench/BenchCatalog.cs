using System.Diagnostics;
using Parallax.Measurements;
using Parallax.Measurements.Cycles;
using Parallax.Measurements.Engine;
using Parallax.Measurements.Feed;
using Parallax.Measurements.Journal;
using Parallax.Measurements.Replay;
using Parallax.Measurements.Simulation;
using Parallax.Measurements.WebSockets;

namespace Parallax.Cli.Bench;

/// <summary>A group of measurements that share their preparation.</summary>
/// <param name="Ids">The rows it gives, as they are asked for with <c>--only</c>.</param>
/// <param name="Run">Takes a folder for its files, an existing one.</param>
internal sealed record BenchGroup(string[] Ids, Func<string, CancellationToken, IReadOnlyList<Measurement>> Run);

/// <summary>Everything that <c>parallax bench</c> measures: one line a group, in the order of the table.</summary>
internal static class BenchCatalog
{
    public static IReadOnlyList<BenchGroup> Groups { get; } =
    [
        new(["P1", "P2", "P3", "P4"], (_, _) => new FeedMeasurements().Run()),
        new(["D1", "D2", "D3"], (_, _) => CycleMeasurements.Run()),
        new(["D4"], (_, _) => SizingMeasurements.Run()),
        new(["E1", "R1"], (_, cancellation) => new EngineMeasurements().Run(cancellation)),
        new(["E2"], (_, cancellation) => OrderMeasurement.Run(cancellation)),
        new(["E3"], (folder, cancellation) => new StartupMeasurement(folder, Startup).Run(cancellation)),
        new(["H1"], (_, cancellation) => HandOffMeasurements.Run(cancellation)),
        new(["M1"], (folder, _) => [new MemoryMeasurement(folder, Startup).Run()]),
        new(["R2"], (folder, cancellation) => [new TapeMeasurement(folder).Run(cancellation)]),
        new(["W1"], (_, cancellation) => new WebSocketMeasurements().Run(cancellation)),
        new(["J1"], (folder, _) => new JournalMeasurements(folder).Run()),
        new(["G1", "G2"], (_, _) => new SimulationMeasurements().Run()),
    ];

    /// <summary>Asks a fresh process of this program for a measurement that needs one; see <see cref="Probe"/>.</summary>
    public const string StartupOption = "--startup-probe";

    /// <summary>What the fresh process answers.</summary>
    public static string Probe(string how) =>
        how.StartsWith(MemoryMeasurement.Prefix, StringComparison.Ordinal) ? MemoryMeasurement.Probe(how) : StartupMeasurement.Probe(how);

    public static IEnumerable<string> Ids => Groups.SelectMany(group => group.Ids).Distinct();

    private static ProcessStartInfo Startup(string how)
    {
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        return new ProcessStartInfo(host, [typeof(BenchCatalog).Assembly.Location, "bench", StartupOption, how]) { RedirectStandardOutput = true, UseShellExecute = false };
    }
}
