using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Reconciliation;

/// <summary>Takes over what earlier sessions left open, before anything else is decided.</summary>
/// <remarks>
/// The items are told before the instruments are defined, so they wait until the definitions are complete. Then they are copied into the
/// journal, which makes the sessions before redundant, and become balances, plans, orders and residuals again.
/// </remarks>
internal sealed class Recovery(Markets markets, Treasury treasury, PlanExecutor executor, DecisionWriter journal)
{
    private readonly List<Opening> _items = [];

    public IEnumerable<T> All<T>()
        where T : Opening => _items.OfType<T>();

    public void Take(Opening item) => _items.Add(item);

    /// <param name="capital">What is owned where there is no session before this one.</param>
    /// <returns>False when there is none: then the capital was deposited.</returns>
    public bool TryTakeOver(IReadOnlyDictionary<Asset, decimal> capital)
    {
        foreach (var practice in All<Opening.Practice>())
        {
            executor.Estimates.Adopt(practice);
        }

        if (_items.Exists(item => item is not Opening.Practice))
        {
            TakeOver();
            return true;
        }

        Keep();

        var venue = markets.Count > 0 ? markets.Instrument(0).Id.Venue : new VenueId("none");
        foreach (var (asset, amount) in capital.OrderBy(held => held.Key))
        {
            if (amount > 0m)
            {
                var lines = treasury.Deposit(new Holding(asset, venue), amount);
                journal.Write(new Posted(PostingReason.Deposit, 0, default, 0, lines.ToArray()));
            }
        }

        return false;
    }

    private void Keep()
    {
        var payload = new PayloadWriter();
        foreach (var item in _items)
        {
            journal.Copy(item.Header(journal.Now), item.Write(payload));
        }
    }

    private void TakeOver()
    {
        Keep();
        foreach (var balance in All<Opening.Balance>())
        {
            journal.Write(new Posted(PostingReason.Carried, 0, default, 0, treasury.Carry(balance.Holding, balance.Amount).ToArray()));
        }

        var orders = All<Opening.Order>().ToLookup(order => order.Plan);
        foreach (var plan in All<Opening.RunningPlan>())
        {
            TakeOver(plan, orders[plan.Number]);
        }

        foreach (var stray in orders[0])
        {
            executor.Adopt(Life(stray, Number(stray.Instrument)), Number(stray.Instrument));
        }

        foreach (var residual in All<Opening.Residual>())
        {
            executor.Residuals.Adopt(residual);
        }

        foreach (var route in All<Opening.Route>())
        {
            executor.Estimates.Adopt(route);
        }

        executor.AdoptTrades(_items);
        journal.Write(new OpeningTaken(
            All<Opening.Balance>().Count(), All<Opening.RunningPlan>().Count(), All<Opening.Order>().Count(), All<Opening.Residual>().Count()));
    }

    private void TakeOver(Opening.RunningPlan plan, IEnumerable<Opening.Order> orders)
    {
        var legs = plan.Planned.Legs;
        var numbers = legs.Select(leg => Number(leg.Instrument)).ToArray();
        var nodes = legs.Select(leg => leg.Spent).ToArray();
        if (Array.Exists(numbers, number => number is null))
        {
            executor.AdoptEnded(plan, nodes);
            foreach (var order in orders)
            {
                executor.Adopt(Life(order, Number(order.Instrument)), Number(order.Instrument));
            }

            return;
        }

        var planned = new PlannedLeg[legs.Count];
        for (var i = 0; i < planned.Length; i++)
        {
            var instrument = markets.Instrument(numbers[i]!.Value);
            planned[i] = new PlannedLeg(numbers[i]!.Value, legs[i].Side, Lots(instrument, legs[i].Quantity), Ticks(instrument, legs[i].Limit));
        }

        var from = plan.Planned;
        executor.Adopt(
            new CyclePlan(
                // Its opportunity was counted by another session.
                0, from.Cycle, legs[0].Instrument.Venue, nodes, planned,
                from.Input, from.GrossProfit, from.Fees, from.Rounding, from.ExpectedProfit)
            {
                LegInputs = [.. plan.Policy?.LegInputs ?? []],
            },
            plan,
            orders.Select(order =>
            {
                var number = Number(order.Instrument)!.Value;
                return (Life(order, number), order, number, Ticks(markets.Instrument(number), order.Limit));
            }));
    }

    private ushort? Number(InstrumentId id)
    {
        for (var number = 0; number < markets.Count; number++)
        {
            if (markets.Instrument(number).Id == id)
            {
                return (ushort)number;
            }
        }

        return null;
    }

    /// <summary>Without its market an order has no lots: then every trade counts as one, and none as the last.</summary>
    private OrderLife Life(Opening.Order order, ushort? number)
    {
        var instrument = number is { } known ? markets.Instrument(known) : null;
        return OrderLife.Recovered(
            order.Id,
            instrument is null ? long.MaxValue / 4 : Lots(instrument, order.Quantity),
            order.Trades.Select(trade => (trade.TradeId, instrument is null ? 1 : Lots(instrument, trade.Quantity))),
            order.HasEnded);
    }

    private static long Lots(Instrument instrument, decimal quantity) =>
        instrument.TryLots(quantity, out var lots) ? lots : Math.Max(1, instrument.LotsDown(quantity));

    /// <summary>A price that is no longer on the grid is as good as none: nothing trades at a limit of zero, and the leg is decided anew.</summary>
    private static long Ticks(Instrument instrument, decimal price) => instrument.TryTicks(price, out var ticks) ? ticks : 0;
}
