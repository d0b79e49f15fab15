using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Cli.Systems;

/// <summary>What a new session has to know of the sessions before it.</summary>
/// <param name="LastSession">Zero before the first.</param>
/// <param name="Kill">The operator's kill that was not lifted; null when there is none. It holds until someone resumes trading (E1).</param>
internal sealed record JournalHistory(int LastSession, OperatorCommand? Kill)
{
    /// <exception cref="Journal.Files.RecordFileException">The journal is damaged.</exception>
    public static JournalHistory Of(string folder)
    {
        var lastSession = 0;
        OperatorCommand? kill = null;
        using var journal = JournalReader.Open(folder);
        while (journal.TryRead(out var record))
        {
            switch (record.Header.Kind)
            {
                case (byte)DecisionKind.SessionStarted:
                    var reader = new PayloadReader(record.Payload);
                    lastSession = SessionStarted.Read(ref reader).Number;
                    break;
                case InputKind.Kill:
                    kill = OperatorCommand.Read(record);
                    break;
                case InputKind.Resume:
                    kill = null;
                    break;
            }
        }

        return new JournalHistory(lastSession, kill);
    }
}
