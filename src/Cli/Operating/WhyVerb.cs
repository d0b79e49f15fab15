using System.CommandLine;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Cli.Systems;
using Parallax.Journal.Chain;
using Parallax.Reporting.Funnel;

namespace Parallax.Cli.Operating;

/// <summary>Why there was a trade, or none: from the journal, of a running session or of one that has ended.</summary>
public static class WhyVerb
{
    private const int NearestShown = 5;

    public static Command Create()
    {
        var instances = new InstanceOptions();
        var journal = new Option<string?>("--journal") { Description = "A journal's folder, instead of the one of a running session.", HelpName = "FOLDER" };
        var since = new Option<TimeSpan?>("--since")
        {
            Description = "Only the last 30s, 10m, 1h. Without it the newest session.",
            HelpName = "TIME",
            CustomParser = result => Parse.Duration(result),
        };
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON." };
        return Verb.Create(
            "why",
            "Shows how far opportunities got, what refused the others, and which came nearest: with what they would have made.",
            "parallax why --since 1h",
            [journal, since, json, instances.Data],
            async (parsed, cancellation) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                var report = Fold(Folder(parsed, journal, instances), parsed.GetValue(since), cancellation);
                await (parsed.GetValue(json) ? Json.WriteAsync(output, WhyScreen.ToJson(report)) : output.WriteAsync(WhyScreen.Of(report)));
                return ExitCodes.Done;
            });
    }

    private static string Folder(ParseResult parsed, Option<string?> journal, InstanceOptions instances) =>
        parsed.GetValue(journal) is { } named ? Journals.JournalVerbs.Existing(named)
        : instances.Find(parsed) is { } running ? LiveSession.JournalOf(running.DataFolder)
        : parsed.GetValue(instances.Data) is { } data && Directory.Exists(LiveSession.JournalOf(data)) ? LiveSession.JournalOf(data)
        : throw new UserErrorException($"{instances.NoneRuns(parsed)} A session that has ended is read with --journal FOLDER.");

    /// <param name="last">Of the journal's time, which ends with its last record; null for the newest session.</param>
    private static FunnelReport Fold(string folder, TimeSpan? last, CancellationToken cancellation)
    {
        var fold = new FunnelFold(last is { } span ? Math.Max(0, LastTime(folder) - (span.Ticks * 100)) : null);
        using var journal = JournalReader.Open(folder);
        for (var records = 1L; journal.TryRead(out var record); records++)
        {
            fold.Take(record);
            if ((records & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return fold.Report(NearestShown);
    }

    private static long LastTime(string folder)
    {
        var time = 0L;
        using var journal = JournalReader.Open(folder);
        while (journal.TryRead(out var record))
        {
            time = record.Header.ReceivedTime;
        }

        return time;
    }
}
