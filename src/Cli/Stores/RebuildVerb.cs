using System.CommandLine;
using Parallax.Cli.Output;
using Parallax.Storage.Projection;

namespace Parallax.Cli.Stores;

public static class RebuildVerb
{
    public static Command Create()
    {
        var journal = StoreVerbs.JournalOption();
        var address = StoreVerbs.AddressOption();
        return Verb.Create(
            "rebuild",
            "Empties the tables and makes them again from the journal. The journal is only read.",
            "parallax store rebuild --journal run.journal --store parallax.db",
            [journal, address],
            (parsed, cancellation) => RunAsync(parsed.GetRequiredValue(journal), parsed.GetValue(address), parsed.InvocationConfiguration, cancellation));
    }

    private static async Task<int> RunAsync(string journal, string? address, InvocationConfiguration console, CancellationToken cancellation)
    {
        var progress = new ProgressLine<long>(console.Error, (sequence, elapsed) => $"projecting record {sequence:N0}, {elapsed.TotalSeconds:N0} s");
        var (place, records) = StoreVerbs.With(journal, address, store =>
        {
            store.Clear();
            return (store.Address, new JournalProjector(store, journal, TimeProvider.System).CatchUp(progress, cancellation));
        });
        progress.Clear();
        await console.Output.WriteLineAsync($"{place}: {records:N0} records of {journal}");
        return ExitCodes.Done;
    }
}
