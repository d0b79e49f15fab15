using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Output;
using Parallax.Storage.Checks;

namespace Parallax.Cli.Stores;

public static class CheckVerb
{
    public static Command Create()
    {
        var journal = StoreVerbs.JournalOption();
        var address = StoreVerbs.AddressOption();
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        return Verb.Create(
            "check",
            "Projects the journal once more, beside the store, and compares every row. Exit code 1 when one differs.",
            "parallax store check --journal run.journal",
            [journal, address, json],
            (parsed, cancellation) => RunAsync(
                parsed.GetRequiredValue(journal), parsed.GetValue(address), parsed.GetValue(json), parsed.InvocationConfiguration, cancellation));
    }

    private static async Task<int> RunAsync(string journal, string? address, bool asJson, InvocationConfiguration console, CancellationToken cancellation)
    {
        var progress = new ProgressLine<long>(console.Error, (sequence, elapsed) => $"projecting record {sequence:N0}, {elapsed.TotalSeconds:N0} s");
        var (place, report) = StoreVerbs.With(
            journal, address, store => (store.Address, StoreCheck.Run(store, journal, TimeProvider.System, progress, cancellation)));
        progress.Clear();
        if (asJson)
        {
            await Json.WriteAsync(console.Output, new JsonObject
            {
                ["store"] = place.ToString(),
                ["journal"] = journal,
                ["sequence"] = report.Sequence,
                ["rows"] = report.Rows,
                ["difference"] = report.Difference,
            });
        }
        else
        {
            await console.Output.WriteLineAsync(report.Difference is { } difference
                ? $"{place} differs from {journal} after {report.Rows:N0} equal rows. {difference}"
                : $"{place}: {report.Rows:N0} rows are those of {journal} up to record {report.Sequence:N0}");
        }

        return report.Difference is null ? ExitCodes.Done : ExitCodes.Failed;
    }
}
