using Parallax.Storage.Queries;
using Parallax.Storage.Tables;
using Parallax.Trading.Decisions;
using Parallax.Trading.Ledger;

namespace Parallax.Storage.Projection.Folds;

/// <summary>Postings, and the balances they add up to.</summary>
internal sealed class LedgerFold(BatchTables tables)
{
    public void Take(in RecordPlace at, in Posted posted)
    {
        var reason = ReasonText(posted.Reason);
        for (var i = 0; i < posted.Lines.Length; i++)
        {
            var line = posted.Lines.Span[i];
            tables.Postings.Add(new PostingRow(
                at.Sequence, i, at.Session, posted.Plan, reason, line.Account.ToString().ToLowerInvariant(), line.Asset.Code, line.Venue.Name, line.Amount, at.Time));
            if (line.Account == Account.Holdings)
            {
                Move(at, line);
            }
        }
    }

    private void Move(in RecordPlace at, in PostingLine line)
    {
        var (asset, venue, minute) = (line.Asset.Code, line.Venue.Name, Tallies.MinuteOf(at.Time));
        var amount = ExactAmount.Add(tables.Balances.Find((at.Session, asset, venue))?.Amount ?? "0", line.Amount);
        tables.Balances.Put((at.Session, asset, venue), new BalanceEntry(at.Session, asset, venue, amount));
        tables.BalanceSnapshots.Put((at.Session, minute, asset, venue), new BalanceSnapshotEntry(at.Session, minute, asset, venue, amount));
    }

    private static string ReasonText(PostingReason reason) =>
        reason switch
        {
            PostingReason.FeeCorrection => "fee-correction",
            PostingReason.ForeignTrade => "foreign-trade",
            _ => reason.ToString().ToLowerInvariant(),
        };
}
