using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Execution;

/// <summary>Books what a venue says of trades afterwards: another fee, or that a trade never was.</summary>
/// <remarks>
/// A running plan sees its position change. One that has ended is restated: its result in its start asset, and what a reversal leaves in others as
/// residuals. What is booked already is not booked again, however often it is told.
/// </remarks>
internal sealed class TradeRestatements(
    Markets markets, Treasury treasury, DecisionWriter journal, BookedTrades trades, Residuals residuals, PlanResults results, RiskBook risk, PlanTotals totals, int session)
{
    /// <returns>Whether anything changed.</returns>
    public bool Correct(in FeeCorrection told, Func<int, Plan?> running)
    {
        if (!trades.TryFind(told.Order, told.TradeId, out var trade) || trade.IsCharged(told.FeeAsset, told.Fee))
        {
            return false;
        }

        var plan = trade.Session == session ? running(trade.Plan) : null;
        var before = trades.PlanOf(trade);
        var why = $"the fee of trade {trade.TradeId} is {told.Fee} {told.FeeAsset} and not {trade.Fee} {trade.FeeAsset}";
        var worth = 0m as decimal?;
        if (trade.Fee != 0m && trade.FeeAsset != told.FeeAsset)
        {
            worth += Charge(trade, trade.FeeAsset, -trade.Fee, plan, before);
            trade = trade with { Fee = 0m };
        }

        worth += Charge(trade, told.Fee == 0m ? trade.FeeAsset : told.FeeAsset, told.Fee - trade.Fee, plan, before);
        Restate(trade, before, worth, why);
        return true;
    }

    /// <returns>Whether anything changed.</returns>
    /// <param name="touched">The running plan whose position changed; <see langword="null"/> when there is none.</param>
    public bool Reverse(in TradeReversal told, Func<int, Plan?> running, out Plan? touched)
    {
        touched = null;
        if (!trades.TryFind(told.Order, told.TradeId, out var trade))
        {
            return false;
        }

        touched = trade.Session == session ? running(trade.Plan) : null;
        var before = trades.PlanOf(trade);
        var posted = Post(PostingReason.TradeReversal, trade, treasury.Reverse(trade, Reservation(touched)).Lines, touched);
        touched?.TakeBack(trade);
        journal.Write(new TradeReversed(
            trade.Order, trade.TradeId, trade.Session, trade.Plan, trade.Spent, trade.SpentAmount, trade.Received, trade.ReceivedAmount, told.Reason));
        Restate(trade, before, Worth(posted, before), $"trade {trade.TradeId} was reversed: {told.Reason}");
        if (before is not null)
        {
            var after = trades.PlanOf(trade)!;
            Leave(new PlanName(before.Session, before.Number), before.StartAsset, [.. BookedTrades.LeftBehind(posted, before.StartAsset)], before.Realised - after.Realised, 0m);
        }

        return true;
    }

    /// <summary>A trade that was told after its plan had ended, and is booked: what it brought is listed, what it cost counts.</summary>
    public void Late(Plan plan, ClientOrderId order, ulong tradeId)
    {
        if (!trades.TryFind(order, tradeId, out var trade))
        {
            return;
        }

        var changes = trade.Changes();
        var cash = changes.GetValueOrDefault(new Holding(plan.StartAsset, trade.Venue));
        var left = changes.Where(change => change.Key.Asset != plan.StartAsset).Select(change => (change.Key, change.Value)).ToArray();
        var worth = Leave(plan.First ?? new PlanName(session, plan.Number), plan.StartAsset, left, -cash, cash);
        risk.OnPlanRestated(plan.StartAsset, cash + worth);
    }

    /// <summary>Lists what is left behind after its plan had ended.</summary>
    /// <param name="cost">Start asset that was spent on it.</param>
    /// <param name="change">What the plan's result changes by besides; what is listed carries its cost.</param>
    /// <returns>What it is worth in the plan's start asset; what has no price counts nothing.</returns>
    private decimal Leave(PlanName plan, Asset startAsset, ReadOnlySpan<(Holding Holding, decimal Amount)> left, decimal cost, decimal change)
    {
        var remainders = new Remainder[left.Length];
        for (var i = 0; i < left.Length; i++)
        {
            var (holding, amount) = left[i];
            decimal? mark = amount > 0m && markets.TryPrice(holding.Asset, startAsset, out var price) ? amount * price : null;
            remainders[i] = new Remainder(holding.Asset, amount, mark, IsDust: false);
        }

        var costs = ResidualCosts.Of(cost, remainders);
        var sum = 0m;
        for (var i = 0; i < left.Length; i++)
        {
            var (holding, amount) = left[i];
            var worth = markets.TryPrice(holding.Asset, startAsset, out var price) ? amount * price : 0m;
            residuals.Declare(plan, holding, amount, startAsset, costs[i], remainders[i].MarkInStart);
            risk.OnResidualLeft(holding.Asset, amount, startAsset, worth);
            sum += worth;
        }

        results.Change(plan, startAsset, change + costs.Sum(), PlanOutcome.Unwound);
        return sum;
    }

    /// <param name="more">Negative gives some back.</param>
    /// <returns>What that is worth in the start asset of a plan that has ended.</returns>
    private decimal? Charge(BookedTrade trade, Asset asset, decimal more, Plan? plan, Opening.EndedPlan? ended)
    {
        var settled = treasury.CorrectFee(new Holding(asset, trade.Venue), more, trade.Order, trade.TradeId, Reservation(plan));
        return Worth(Post(PostingReason.FeeCorrection, trade, settled.Lines, plan), ended);
    }

    private Posted Post(PostingReason reason, BookedTrade trade, ReadOnlySpan<PostingLine> lines, Plan? plan)
    {
        plan?.Account.Add(lines);
        var posted = new Posted(reason, trade.Session == session ? trade.Plan : 0, trade.Order, trade.TradeId, lines.ToArray());
        journal.Write(posted);
        trades.Take(posted, session, journal.Now);
        return posted;
    }

    private void Restate(BookedTrade trade, Opening.EndedPlan? before, decimal? worth, string why)
    {
        if (before is null)
        {
            return;
        }

        var after = trades.PlanOf(trade)!;
        journal.Write(new PlanRestated(before.Session, before.Number, trade.Order, trade.TradeId, before.Realised, after.Realised, worth, why));
        totals.Restate(before.StartAsset, after.Realised - before.Realised);
        risk.OnPlanRestated(before.StartAsset, worth ?? after.Realised - before.Realised);
    }

    private decimal? Worth(in Posted posted, Opening.EndedPlan? plan)
    {
        if (plan is null)
        {
            return null;
        }

        var account = new PlanAccount();
        account.Add(posted.Lines.Span);
        var sum = 0m;
        foreach (ref readonly var change in account.Changes)
        {
            if (!markets.TryPrice(change.Holding.Asset, plan.StartAsset, out var price))
            {
                return null;
            }

            sum += change.Net.Value * price;
        }

        return sum;
    }

    private static ReservationId Reservation(Plan? plan) => plan?.Reservation ?? default;
}
