using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Decisions;

/// <summary>A ledger transaction: lines that sum to zero per asset. Every balance is the sum of these.</summary>
/// <param name="Plan">The plan that caused it; zero for capital and other external movements.</param>
/// <param name="Order">The order whose fill it books; zero otherwise.</param>
public readonly record struct Posted(PostingReason Reason, int Plan, ClientOrderId Order, ulong TradeId, ReadOnlyMemory<PostingLine> Lines)
    : IDecision<Posted>
{
    public static DecisionKind Kind => DecisionKind.Posted;

    public void Write(PayloadWriter writer)
    {
        writer.Byte((byte)Reason).Int32(Plan).UInt64(Order.Value).UInt64(TradeId).Byte((byte)Lines.Length);
        foreach (var line in Lines.Span)
        {
            writer.Byte((byte)line.Account).Text(line.Asset.Code).Text(line.Venue.Name).Decimal(line.Amount);
        }
    }

    public static Posted Read(ref PayloadReader reader)
    {
        var posted = new Posted((PostingReason)reader.Byte(), reader.Int32(), new ClientOrderId(reader.UInt64()), reader.UInt64(), default);
        var lines = new PostingLine[reader.Byte()];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = new PostingLine((Account)reader.Byte(), reader.Asset(), reader.Venue(), reader.Decimal());
        }

        return posted with { Lines = lines };
    }
}
