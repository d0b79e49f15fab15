using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution;

/// <content>What the executor takes over: plans and orders of earlier sessions, and residuals.</content>
public sealed partial class PlanExecutor
{
    /// <summary>Keeps all money where it is until <see cref="Release"/>.</summary>
    internal void Hold() => IsHeld = true;

    private readonly Dictionary<(int Session, int Number), int> _adopted = [];

    /// <summary>Takes over a plan of an earlier session. Nothing of it is sent before <see cref="Release"/>.</summary>
    /// <param name="orders">Its orders; those without an end are asked for at once.</param>
    internal void Adopt(CyclePlan planned, Opening.RunningPlan left, IEnumerable<(OrderLife Life, Opening.Order Order, ushort Instrument, long LimitTicks)> orders)
    {
        var plan = Begin(planned, left.OpenedTime, left.Policy?.Estimate, left.TakesHome);
        plan.Restore(left);
        _journal.Write(new PlanResumed(plan.Number, left.Session, left.Number, plan.StartNet));
        _adopted[(left.Session, left.Number)] = plan.Number;
        TellPolicy(plan);
        if (left.Policy is { } policy)
        {
            _moves.TakeUp(plan, policy);
        }

        if (left.TakesHome is null)
        {
            _risk.OnPlanTakenOver(plan.Number, planned);
        }

        foreach (var (life, order, instrument, limitTicks) in orders)
        {
            _desk.Adopt(plan, new PlanOrder(order.Id, order.Node, order.Purpose, instrument, order.Side, limitTicks, life));
        }

        _books.Reserve(plan);
    }

    /// <summary>Ends a plan of an earlier session whose markets this one does not trade: what it holds is a residual.</summary>
    internal void AdoptEnded(Opening.RunningPlan left, Asset[] nodes)
    {
        var from = left.Planned;
        var plan = Begin(
            new CyclePlan(
                0, from.Cycle, from.Legs[0].Instrument.Venue, nodes, [],
                from.Input, from.GrossProfit, from.Fees, from.Rounding, from.ExpectedProfit),
            left.OpenedTime,
            residual: left.TakesHome);
        plan.Restore(left);
        _journal.Write(new PlanResumed(plan.Number, left.Session, left.Number, plan.StartNet));
        Close(plan);
    }

    /// <summary>Takes over the trades that a venue may still restate, after the plans behind them.</summary>
    internal void AdoptTrades(IEnumerable<Opening> items) => Trades.Adopt(items, _adopted, _session);

    /// <summary>Takes over an order whose plan is not open any more.</summary>
    internal void Adopt(OrderLife life, ushort? instrument) => _strays.Adopt(life, instrument);

    /// <summary>Lets the plans of earlier sessions go on, on the books of this moment.</summary>
    internal void Release()
    {
        IsHeld = false;
        foreach (var plan in _open.ToArray())
        {
            Proceed(plan);
        }
    }

    /// <summary>An operator decides about a residual; nothing happens when it is listed no more, or when no book takes it now.</summary>
    internal void OnCommand(in ResidualCommand command)
    {
        if (Residuals.TryFind(command.Number, out var residual))
        {
            if (command.Wish == ResidualWish.WriteOff)
            {
                Residuals.Take(command.Number, 0, $"written-off: {command.Command.Reason}");
                _risk.OnResidualKept(residual!.Holding.Asset, residual.Amount);
                _results.Change(residual.First, residual.StartAsset, -residual.Cost, PlanOutcome.Residual);
            }
            else
            {
                WorkOff(residual!, mustPay: false, $"operator: {command.Command.Reason}");
            }
        }
    }

    /// <summary>Brings residuals home that a book pays for by now.</summary>
    internal void WorkOffWhatPays()
    {
        foreach (var residual in Residuals.Open.ToArray())
        {
            WorkOff(residual, mustPay: true, "pays");
        }
    }

    /// <summary>A plan found another way home for what it held: a plan that belongs to it takes it there at once.</summary>
    private void TakeDetours(Plan plan)
    {
        foreach (var residual in Residuals.Open.Where(left => (left.Session, left.Plan) == (_session, plan.Number)).ToArray())
        {
            WorkOff(residual, mustPay: false, "hedge");
            if (Residuals.TryFind(residual.Number, out _) && plan.TakesDetourFor(residual.Holding.Asset))
            {
                // Nobody was told of something left behind, and now it is.
                Residuals.Restate(residual);
            }
        }
    }

    /// <summary>Lists only what there is. While plans run, what is missing may be with one of them.</summary>
    private Opening.Residual Correct(Opening.Residual listed)
    {
        if (_open.Count > 0 || listed.Amount <= 0m || _workingOff.HeldOf(listed) is var held && held == listed.Amount)
        {
            return listed;
        }

        var share = held / listed.Amount;
        var corrected = listed with { Amount = held, Cost = decimal.Round(listed.Cost * share, ResidualCosts.Decimals), Mark = listed.Mark * share };
        if (held == 0m)
        {
            Residuals.Take(listed.Number, 0, "the account holds nothing of it");
        }
        else
        {
            Residuals.Restate(corrected);
        }

        _risk.OnResidualKept(listed.Holding.Asset, listed.Amount - held);
        _results.Change(listed.First, listed.StartAsset, corrected.Cost - listed.Cost, PlanOutcome.Residual);
        return corrected;
    }

    private bool IsBusyWith(ushort instrument) => IsBusy(instrument);

    private void WorkOff(Opening.Residual listed, bool mustPay, string why)
    {
        if (IsHeld || _desk.IsStopped || HaltReason is not null)
        {
            return;
        }

        var residual = Correct(listed);
        if (!_workingOff.TryPlan(residual, mustPay, _settings, IsBusyWith, out var planned) || Array.Exists(planned.Legs, leg => IsBusy(leg.Instrument)))
        {
            return;
        }

        _books.Reserve(NextReservation, residual);
        var plan = Begin(planned, _journal.Now, residual: residual);
        Show(plan);
        Residuals.Take(residual.Number, plan.Number, why);
        plan.TakeResidual(residual);
        Proceed(plan);
    }
}
