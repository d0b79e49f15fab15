using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Trading.Engine;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Systems;

/// <summary>What a new session has to know of the sessions before it.</summary>
/// <param name="LastSession">Zero before the first.</param>
/// <param name="Kill">The operator's kill that was not lifted; null when there is none. It holds until someone resumes trading (E1).</param>
/// <param name="Openings">What is still open.</param>
/// <param name="Risk">Losses, breakers and residuals.</param>
internal sealed record JournalHistory(int LastSession, OperatorCommand? Kill, IReadOnlyList<Opening> Openings, RiskMemory Risk)
{
    public static JournalHistory None { get; } = new(0, null, [], new RiskMemory());

    /// <summary>What the last session owned at its end, by asset, all venues together; assets that came to zero are absent.</summary>
    public IReadOnlyDictionary<Asset, decimal> Balances => Openings.OfType<Opening.Balance>()
        .GroupBy(balance => balance.Holding.Asset, balance => balance.Amount)
        .ToDictionary(held => held.Key, held => held.Sum());

    /// <returns><see cref="None"/> where no journal stands.</returns>
    /// <exception cref="Journal.Files.RecordFileException">The journal is damaged.</exception>
    public static JournalHistory OfDataFolder(string dataFolder)
    {
        var journal = LiveSession.JournalOf(dataFolder);
        return Directory.Exists(journal) && Directory.EnumerateFileSystemEntries(journal).Any() ? Of(journal) : None;
    }

    /// <exception cref="Journal.Files.RecordFileException">The journal is damaged.</exception>
    public static JournalHistory Of(string folder)
    {
        var (fold, risk) = (new JournalFold(), new RiskMemory());
        using var journal = JournalReader.Open(folder);
        while (journal.TryRead(out var record))
        {
            fold.Take(record);
            risk.Take(record);
        }

        return new JournalHistory(fold.LastSession, fold.Kill, fold.Openings(), risk);
    }
}
