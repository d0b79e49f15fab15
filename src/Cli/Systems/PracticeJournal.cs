using Parallax.Cli.Config;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Reconciliation;

namespace Parallax.Cli.Systems;

/// <summary>Where a live session's expectations begin: what the plans of simulated sessions came to.</summary>
internal static class PracticeJournal
{
    /// <summary>Reads the journal that the settings name, else the paper session's beside the live one's folder, which may be running.</summary>
    /// <param name="dataFolder">Of the live session.</param>
    /// <returns>Empty when nobody named one and there is none.</returns>
    /// <exception cref="UserErrorException">The journal that was named is not there or cannot be read.</exception>
    public static IReadOnlyList<Opening.Practice> Read(ParallaxSettings settings, string dataFolder)
    {
        var folder = settings.Practice ?? LiveSession.JournalOf(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(dataFolder)) ?? dataFolder, PaperSystem.Mode));
        if (!Directory.Exists(folder))
        {
            return settings.Practice is null
                ? []
                : throw new UserErrorException($"{SettingCatalog.Practice.Key} takes the folder of a journal; there is none at {folder}.");
        }

        try
        {
            var fold = new PracticeFold();
            using var journal = JournalFollower.Open(folder);
            while (journal.TryRead(out var record))
            {
                fold.Take(record);
            }

            return fold.Routes;
        }
        catch (Exception wrong) when (wrong is RecordFileException or MalformedRecordException)
        {
            throw new UserErrorException($"What simulated sessions taught cannot be read: {wrong.Message}", ExitCodes.Failed, wrong);
        }
    }
}
