using Parallax.Journal.Framing;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Reconciliation;

/// <summary>The store that people read is too far behind the journal, or has caught up again. An input record (kind 89).</summary>
/// <param name="Records">Journal records that the store has not.</param>
/// <param name="Text">For people, without secrets; empty when it has caught up.</param>
public readonly record struct StoreReport(bool IsBehind, long Records, string Text)
{
    public const byte RecordKind = RecordKinds.InputFirst + 25;

    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart().Bool(IsBehind).Int64(Records).Text(Text).Written;

    /// <exception cref="MalformedRecordException">The record is no such report.</exception>
    public static StoreReport Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        return new StoreReport(reader.Bool(), reader.Int64(), reader.Text());
    }
}

/// <summary>Whether the store keeps up: while it does not, nobody could look up what was done, so no plan is opened; those that run are finished.</summary>
/// <remarks>Engine thread only. A session that is told nothing has a store that keeps up.</remarks>
public sealed class StoreStanding
{
    /// <summary>What was told last.</summary>
    public StoreReport Last { get; private set; }

    public bool IsBehind => Last.IsBehind;

    internal void Take(StoreReport report) => Last = report;

    internal bool Refuses(out Refused refused)
    {
        refused = new Refused(RefusalReason.StoreBehind, Last.Records, 0m);
        return IsBehind;
    }
}
