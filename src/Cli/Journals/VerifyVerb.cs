using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Journal.Chain;

namespace Parallax.Cli.Journals;

public static class VerifyVerb
{
    public static Command Create()
    {
        var path = JournalVerbs.PathArgument();
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        return Verb.Create(
            "verify",
            "Checks every checksum, sequence and seal of a journal. Exit code 1 when something is wrong.",
            "parallax journal verify run.journal",
            [path, json],
            (parsed, cancellation) => RunAsync(
                JournalVerbs.Existing(parsed.GetRequiredValue(path)), parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancellation));
    }

    private static async Task<int> RunAsync(string path, bool asJson, TextWriter output, CancellationToken cancellation)
    {
        var report = JournalCheck.Run(path, null, cancellation);
        if (asJson)
        {
            await Json.WriteAsync(output, new JsonObject
            {
                ["journal"] = report.Path,
                ["sound"] = report.IsSound,
                ["segments"] = report.Segments,
                ["bytes"] = report.Size,
                ["records"] = report.Records,
                ["first_time"] = Time(report.FirstReceivedTime),
                ["last_time"] = Time(report.LastReceivedTime),
                ["journal_hash"] = report.ChainHash,
                ["unsealed_records"] = report.UnsealedRecords,
                ["torn_tail"] = report.TornTail?.ToString(),
                ["damage"] = report.Damage?.Message,
            });
            return report.IsSound ? ExitCodes.Done : ExitCodes.Failed;
        }

        await output.WriteLineAsync($"{report.Records} records in {report.Segments} segment{(report.Segments == 1 ? "" : "s")}, {report.Size:N0} bytes");
        if (report.FirstReceivedTime is not null)
        {
            await output.WriteLineAsync($"from {Time(report.FirstReceivedTime)} to {Time(report.LastReceivedTime)}");
        }

        await output.WriteLineAsync($"hash {report.ChainHash}");
        if (report.UnsealedRecords > 0)
        {
            await output.WriteLineAsync($"{report.UnsealedRecords} records after the last seal are held by their checksums only");
        }

        if (report.TornTail is { } torn)
        {
            await output.WriteLineAsync($"torn tail: {torn}");
        }

        await output.WriteLineAsync(report.Damage is { } damage ? $"damaged: {damage.Message}" : report.IsSound ? "sound" : "not closed in order");
        return report.IsSound ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string? Time(long? nanos) => nanos is { } value ? new UtcNanos(value).ToString() : null;
}
