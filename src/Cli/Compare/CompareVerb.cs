using System.CommandLine;
using Parallax.Cli.Output;
using Parallax.Cli.Systems;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Tapes;
using Parallax.Reporting.Divergence;
using Parallax.Simulation.Backtest;

namespace Parallax.Cli.Compare;

/// <summary>Replays a recorded session and lays what comes of it beside what the session wrote.</summary>
public static class CompareVerb
{
    public static Command Create()
    {
        var journal = new Option<string>("--live") { Description = "The journal the session wrote into, a folder. It may hold other sessions.", HelpName = "JOURNAL", Required = true };
        var tape = new Option<string>("--replay") { Description = "The session's tape.", HelpName = "TAPE", Required = true };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        return Verb.Create(
            "compare",
            "Replays a session's tape and shows where decisions, fill prices, latencies and PnL differ from its journal. Exit code 1 when they do.",
            "parallax compare --live parallax-data/paper/kraken/journal --replay parallax-data/paper/kraken/tapes/session-1.tape",
            [journal, tape, json],
            async (parsed, cancellation) =>
            {
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                var progress = new ProgressLine<BacktestProgress>(error, Backtest.BacktestText.Progress);
                var report = Run(
                    Journals.JournalVerbs.Existing(parsed.GetRequiredValue(journal)), parsed.GetRequiredValue(tape), progress, cancellation);
                progress.Clear();
                await (parsed.GetValue(json) ? Json.WriteAsync(output, CompareText.ToJson(report)) : CompareText.WriteAsync(output, report));
                return report.IsSame ? ExitCodes.Done : ExitCodes.Failed;
            });
    }

    /// <exception cref="UserErrorException">The tape is no session's, or the journal does not hold that session.</exception>
    private static DivergenceReport Run(string journalPath, string tapePath, ProgressLine<BacktestProgress> progress, CancellationToken cancellation)
    {
        using var tape = TapeFile.Open(tapePath);
        if (!RecordedReplay.TryReadSettings(tape.Cursor(), out var settings))
        {
            throw new UserErrorException($"'{tapePath}' is a recorded market and no session: there is nothing to compare it with.", ExitCodes.WrongUsage);
        }

        var (records, first, last) = Length(tape.Cursor());
        using var whole = JournalReader.Open(journalPath);
        var span = SessionSpan.Find(whole, settings!.Session, first, last)
            ?? throw new UserErrorException(
                $"'{journalPath}' holds no session {settings.Session} of the tape's time; 'parallax journal show --kind session-started' lists its sessions.");
        using var live = JournalReader.Open(journalPath);
        var finder = new DivergenceFinder(live, span);
        new RecordedReplay(settings, finder).Run(tape.Cursor(), new ProgressOf(records, progress), cancellation, isCutOff: !span.HasEnded);
        return finder.Finish();
    }

    private static (long Records, long First, long Last) Length(RecordCursor cursor)
    {
        var (records, first, last) = (0L, long.MaxValue, 0L);
        while (cursor.TryPeek(out var header))
        {
            records++;
            (first, last) = (Math.Min(first, header.ReceivedTime), header.ReceivedTime);
            cursor.Skip();
        }

        return (records, first, last);
    }
}
