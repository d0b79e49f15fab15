using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Execution;

/// <summary>What fills do to ledger and plan, and what stands in the books when a plan is over.</summary>
internal sealed class PlanBooks(
    Markets markets, Treasury treasury, DecisionWriter journal, LegQuotes quotes, Residuals residuals, RouteEstimates estimates, RiskBook risk, PlanTotals totals, BookedTrades trades,
    PlanResults results, int session, Action<string> halt)
{
    public void Book(Plan plan, in OrderEvent told)
    {
        var settlement = Settle(told, plan.Number, plan.Reservation);
        plan.Account.Add(settlement.Lines);
        plan.EndWait();
        quotes.Footprint.Took(told.Instrument, markets.Book(told.Instrument), told.Side, told.Fill, journal.Now);
        if (settlement.ExceedsReservation && !plan.IsInherited)
        {
            halt($"plan {plan.Number} spent more than was set aside for it");
        }
    }

    /// <summary>Books a fill of an order that no open plan owns; what it did stays in the balances.</summary>
    public void BookStray(in OrderEvent told) => Settle(told, plan: 0, reservation: default);

    /// <summary>Sets aside what a plan of an earlier session holds, and what its orders may still spend, as far as the balances reach.</summary>
    public void Reserve(Plan plan)
    {
        var wanted = new SortedDictionary<Holding, decimal>();
        foreach (ref readonly var change in plan.Account.Changes)
        {
            if (change.Net.Value > 0m && change.Holding.Asset != plan.StartAsset)
            {
                wanted[change.Holding] = change.Net.Value;
            }
        }

        foreach (var order in plan.Out)
        {
            var instrument = markets.Instrument(order.Instrument);
            var fee = markets.FeesOf(order.Instrument);
            var quantity = instrument.Quantity(order.Life.OrderedLots - order.Life.FilledLots);
            var (asset, spends) = order.Side == Side.Buy ? (instrument.Quote, quantity * instrument.Price(order.LimitTicks)) : (instrument.Base, quantity);
            var isFeeOnSpent = fee.AssetOn(order.Side) == (order.Side == Side.Buy ? FeeAsset.Quote : FeeAsset.Base);
            var holding = new Holding(asset, plan.Planned.Venue);
            wanted[holding] = decimal.Max(wanted.GetValueOrDefault(holding), isFeeOnSpent ? spends * (1m + decimal.Max(0m, fee.Rate)) : spends);
        }

        for (var leg = 0; leg < plan.Planned.LegInputs.Length; leg++)
        {
            // What was set aside for the legs, after what the plan has spent and received of it.
            var holding = new Holding(plan.Planned.Nodes[leg], plan.Planned.Venue);
            wanted[holding] = decimal.Max(wanted.GetValueOrDefault(holding), plan.Planned.LegInputs[leg] + plan.Account.Net(holding));
        }

        treasury.Reservations.Reserve(
            plan.Reservation,
            [.. wanted.Select(one => new ReservationLine(one.Key, decimal.Clamp(treasury.Reservations.Available(one.Key), 0m, one.Value)))],
            out _);
    }

    /// <summary>Sets a residual aside for the plan that takes it home.</summary>
    public void Reserve(ReservationId plan, Opening.Residual residual) =>
        treasury.Reservations.Reserve(plan, residual.Holding, residual.Amount);

    /// <summary>Ends a plan. Whatever it holds outside the start asset is listed, whether anyone meant to leave it or not.</summary>
    public void Close(Plan plan)
    {
        treasury.Reservations.Release(plan.Reservation);
        var remainders = PlanPages.RemaindersOf(plan, quotes, markets);
        var realised = plan.StartNet;
        var outcome = plan.Out.Count > 0 || Array.Exists(remainders, remainder => !remainder.IsDust) ? PlanOutcome.Residual
            : !plan.HasTraded ? PlanOutcome.Missed
            : plan.IsUnwinding ? PlanOutcome.Unwound
            : PlanOutcome.Completed;
        var takenOver = plan.Residual?.Cost ?? 0m;
        var costs = ResidualCosts.Of(takenOver - realised, remainders);
        var closed = new PlanClosed(plan.Number, outcome, realised, realised - plan.Planned.ExpectedProfit, plan.OpenedTime, remainders) { Carried = costs.Sum() - takenOver };
        trades.End(new Opening.EndedPlan(session, plan.Number, plan.StartAsset, realised));
        journal.Write(closed);
        if (plan.Residual is { } worked)
        {
            risk.OnResidualWorked(worked, realised, remainders);
        }
        else
        {
            risk.OnPlanClosed(plan.Number, outcome, plan.StartAsset, realised, remainders);
        }

        residuals.Declare(plan, plan.First ?? new PlanName(session, plan.Number), remainders, costs);
        results.End(plan, closed);
        if (plan.Estimate is { } estimate)
        {
            estimates.Learn(
                RouteEstimates.NameOf(plan.Planned.Cycle, estimate.Policy), outcome, closed.AtMark(), plan.Planned.Input, estimate.FillProbability);
        }

        treasury.Check();
    }

    private Settlement Settle(in OrderEvent told, int plan, ReservationId reservation)
    {
        var fill = Fill.Of(told, markets.Instrument(told.Instrument));
        var settlement = treasury.Settle(fill, reservation);
        markets.MarkTraded(told.Instrument, journal.Now);
        totals.Fills++;
        var posted = new Posted(PostingReason.Fill, plan, told.Id, told.TradeId, settlement.Lines.ToArray());
        journal.Write(posted, told.Instrument);
        trades.Take(posted, session, journal.Now);
        return settlement;
    }
}
