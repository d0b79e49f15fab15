using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Systems;

/// <summary>What a new session has to know of the sessions before it.</summary>
/// <param name="LastSession">Zero before the first.</param>
/// <param name="Kill">The operator's kill that was not lifted; null when there is none. It holds until someone resumes trading (E1).</param>
/// <param name="Risk">Losses, breakers and residuals.</param>
/// <param name="Balances">What the last session owned at its end, by asset, all venues together; assets that came to zero are absent.</param>
internal sealed record JournalHistory(int LastSession, OperatorCommand? Kill, IReadOnlyDictionary<Asset, decimal> Balances, RiskMemory Risk)
{
    public static JournalHistory None { get; } = new(0, null, new Dictionary<Asset, decimal>(), new RiskMemory());

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
        var lastSession = 0;
        OperatorCommand? kill = null;
        var risk = new RiskMemory();
        var balances = new Dictionary<Asset, decimal>();
        using var journal = JournalReader.Open(folder);
        while (journal.TryRead(out var record))
        {
            risk.Take(record);
            switch (record.Header.Kind)
            {
                case (byte)DecisionKind.SessionStarted:
                    var reader = new PayloadReader(record.Payload);
                    lastSession = SessionStarted.Read(ref reader).Number;
                    balances.Clear();
                    break;
                case (byte)DecisionKind.Posted:
                    var posting = new PayloadReader(record.Payload);
                    foreach (var line in Posted.Read(ref posting).Lines.Span)
                    {
                        if (line.Account == Account.Holdings)
                        {
                            balances[line.Asset] = balances.GetValueOrDefault(line.Asset) + line.Amount;
                        }
                    }

                    break;
                case InputKind.Kill:
                    kill = OperatorCommand.Read(record);
                    break;
                case InputKind.Resume:
                    kill = null;
                    break;
            }
        }

        return new JournalHistory(lastSession, kill, balances.Where(held => held.Value != 0m).ToDictionary(), risk);
    }
}
