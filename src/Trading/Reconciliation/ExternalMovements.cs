using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Reconciliation;

/// <summary>Books what others did to the account, once for each reference of the venue: deposits, withdrawals and trades that are not ours.</summary>
internal sealed class ExternalMovements(Treasury treasury, DecisionWriter journal)
{
    private readonly HashSet<(VenueId, string)> _booked = [];

    /// <summary>One of an earlier session.</summary>
    public void Adopt(Opening.Booked booked) => _booked.Add((booked.Venue, booked.Reference));

    /// <summary>Notes one that the balances know already.</summary>
    public void Know(Statement item) => _booked.Add((item.Venue, Movement(item).Reference));

    /// <returns>What it did to the balances; nothing when it was booked before.</returns>
    public IReadOnlyList<HoldingChange> Book(Statement item)
    {
        var (reference, reason, changes) = Movement(item);
        var moved = new List<HoldingChange>();
        if (!_booked.Add((item.Venue, reference)))
        {
            return moved;
        }

        var lines = new List<PostingLine>();
        foreach (var (asset, change) in changes)
        {
            if (change != 0m)
            {
                var holding = new Holding(asset, item.Venue);
                lines.AddRange(treasury.MoveExternal(holding, change, reason));
                moved.Add(new HoldingChange(holding, change));
            }
        }

        if (lines.Count > 0)
        {
            // One record for all of it: half a trade in a journal that was cut would never be whole again.
            journal.Write(new Posted(reason, 0, default, 0, lines.ToArray()));
        }

        return moved;
    }

    private static (string Reference, PostingReason Reason, (Asset Asset, decimal Change)[] Changes) Movement(Statement item) => item switch
    {
        Statement.Transfer transfer => (
            transfer.Reference,
            transfer.Change < 0m ? PostingReason.Withdrawal : PostingReason.Deposit,
            [(transfer.Asset, transfer.Change)]),
        Statement.ForeignTrade trade => (
            trade.Reference,
            PostingReason.ForeignTrade,
            [(trade.Base, trade.BaseChange), (trade.Quote, trade.QuoteChange), (trade.FeeAsset, -trade.Fee)]),
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.GetType().Name, "Only transfers and foreign trades are external movements."),
    };
}
