using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Ledger;

/// <summary>A trade of ours as it stands in the books: what a venue that restates it has to be compared with.</summary>
/// <param name="Order">Our order; with <paramref name="TradeId"/> the trade's name.</param>
/// <param name="FeeAsset"><see langword="default"/> where nothing was charged.</param>
/// <param name="Fee">Negative is a rebate.</param>
/// <param name="Session">Of the plan; its number there is <paramref name="Plan"/>, zero for a trade of no plan.</param>
/// <param name="Time">When it was booked, UTC nanoseconds.</param>
public sealed record BookedTrade(
    ClientOrderId Order,
    ulong TradeId,
    Holding Spent,
    decimal SpentAmount,
    Holding Received,
    decimal ReceivedAmount,
    Asset FeeAsset,
    decimal Fee,
    int Session,
    int Plan,
    long Time)
{
    public VenueId Venue => Spent.Venue;

    /// <summary>Reads a fill back out of its posting, so that whoever has the journal knows the same as the engine.</summary>
    /// <returns><see langword="null"/> when the posting is no fill.</returns>
    public static BookedTrade? Of(in Posted posted, int session, long time)
    {
        if (posted.Reason != PostingReason.Fill)
        {
            return null;
        }

        var trade = new BookedTrade(posted.Order, posted.TradeId, default, 0m, default, 0m, default, 0m, session, posted.Plan, time);
        foreach (ref readonly var line in posted.Lines.Span)
        {
            trade = line switch
            {
                { Account: Account.Trading, Amount: > 0m } => trade with { Spent = line.Holding, SpentAmount = line.Amount },
                { Account: Account.Trading } => trade with { Received = line.Holding, ReceivedAmount = -line.Amount },
                { Account: Account.Fees } => trade with { FeeAsset = line.Asset, Fee = line.Amount },
                _ => trade,
            };
        }

        return trade;
    }

    /// <summary>What it did to each holding, its fee included.</summary>
    public IReadOnlyDictionary<Holding, decimal> Changes()
    {
        var changes = new SortedDictionary<Holding, decimal> { [Spent] = -SpentAmount, [Received] = ReceivedAmount };
        if (Fee != 0m)
        {
            var payer = new Holding(FeeAsset, Venue);
            changes[payer] = changes.GetValueOrDefault(payer) - Fee;
        }

        return changes;
    }

    /// <summary>As it stands after a correction of its fee was posted.</summary>
    public BookedTrade After(in Posted correction)
    {
        var trade = this;
        foreach (ref readonly var line in correction.Lines.Span)
        {
            if (line.Account == Account.Fees)
            {
                var fee = trade.Fee + line.Amount;
                trade = trade with { Fee = fee, FeeAsset = fee == 0m ? default : line.Asset };
            }
        }

        return trade;
    }

    /// <summary>Whether another fee is the booked one, printed with fewer digits: within a tenth of a basis point of what was traded.</summary>
    /// <remarks>Venues change rates by hundredths of a percent. A fee in a third asset has to be the same.</remarks>
    public bool IsCharged(Asset asset, decimal fee)
    {
        if (fee == 0m || Fee == 0m)
        {
            return fee == Fee;
        }

        var traded = asset == Spent.Asset ? SpentAmount : asset == Received.Asset ? ReceivedAmount : 0m;
        return asset == FeeAsset && decimal.Abs(fee - Fee) <= traded * 0.00001m;
    }
}
