using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Execution;

/// <summary>Runs approved plans leg by leg and ends each one: completed, unwound, missed, or with its residuals listed.</summary>
/// <remarks>
/// Engine thread only. Sequential immediate-or-cancel orders; each next leg is sized by what was really received. After a leg that did
/// not trade as planned, <see cref="LegFailure"/> decides between going on and going back, on the books of that moment. An order of
/// unknown outcome keeps its plan, its reservation and its instruments occupied until the venue gives a definite answer.
/// </remarks>
public sealed class PlanExecutor(
    Markets markets, Treasury treasury, IOrderGateway gateway, DecisionWriter journal, Deadlines deadlines, ExecutionSettings settings, int session)
{
    /// <summary>The deadline of a plan that waits for a book, in place of an order's id.</summary>
    private const ulong Look = 0;

    private readonly List<Plan> _open = [];
    private readonly Dictionary<ClientOrderId, Plan> _planOfOrder = [];
    private readonly LegQuotes _quotes = new(markets, settings, journal);
    private int _plans;

    /// <summary>Plans that have not ended.</summary>
    public int OpenCount => _open.Count;

    public int PlanCount => _plans;

    /// <summary>The plans that have not ended, oldest first, as they stand now.</summary>
    public IEnumerable<OpenPlan> OpenPlans => _open.Select(plan => new OpenPlan(plan.Number, plan.Planned, plan.OpenedTime, plan.LegsDone));

    public PlanTotals Totals { get; } = new();

    /// <summary>Told of every order and of every plan's end.</summary>
    public required RiskBook Risk { get; init; }

    /// <summary>Set once something happened that no rule covers: the engine opens no more plans. See the journal for the reason.</summary>
    public string? HaltReason { get; private set; }

    /// <summary>Whether an open plan trades this instrument.</summary>
    public bool IsBusy(int instrument)
    {
        foreach (var plan in _open)
        {
            foreach (ref readonly var leg in plan.Planned.Legs.AsSpan())
            {
                if (leg.Instrument == instrument)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Takes over an approved plan whose money is reserved under <see cref="NextReservation"/>, and sends its first leg.</summary>
    /// <returns>The plan's number.</returns>
    public int Open(Approved<CyclePlan> approved)
    {
        var planned = approved.Value;
        var plan = new Plan(++_plans, planned, journal.Now);
        _open.Add(plan);
        journal.Write(new PlanOpened(
            plan.Number, planned.Opportunity, planned.Cycle, plan.StartAsset,
            planned.Input, planned.GrossProfit, planned.Fees, planned.Rounding, planned.ExpectedProfit));
        for (var i = 0; i < planned.Legs.Length; i++)
        {
            var number = planned.Legs[i].Instrument;
            journal.Write(PlanPages.BookOf(plan, i, markets.Book(number)), number);
        }

        var first = planned.Legs[0];
        Send(plan, 0, OrderPurpose.Leg, new SizedOrder(first.Instrument, first.Side, first.QuantityLots, first.LimitTicks), planned.Input);
        return plan.Number;
    }

    /// <summary>The id under which the next plan's money has to be reserved before it is opened.</summary>
    public ReservationId NextReservation => new((ulong)(_plans + 1));

    /// <summary>Takes what a venue said about one of our orders.</summary>
    public void OnOrderEvent(in OrderEvent told, Record input)
    {
        journal.Copy(input);
        if (!_planOfOrder.TryGetValue(told.Id, out var plan))
        {
            Halt($"order {told.Id} is none of ours");
            return;
        }

        var order = plan.Order is { } current && current.Id == told.Id ? current : null;
        if (order is null)
        {
            OnLate(plan, told);
            return;
        }

        var step = order.Life.Apply(told);
        Risk.OnOrder(told, order.Life.State, told.Type == OrderEventType.Filled && order.IsBeyondLimit(told.Fill.PriceTicks));
        if (told.Type == OrderEventType.Filled && step.IsToBeBooked())
        {
            Book(plan, told);
        }

        if (step == OrderStep.Duplicate)
        {
            Totals.DuplicateFills++;
        }
        else if (step == OrderStep.OverFill)
        {
            Halt($"order {told.Id} filled more than it asked for");
        }

        if (order.Life.State.IsFinal() || IsProvedAbsent(order, told.Type))
        {
            Finish(plan, order);
        }
        else if (told.Type is OrderEventType.OutcomeUnknown or OrderEventType.NotFound)
        {
            journal.Write(new OrderUnknown(order.Id, plan.Number, order.Queries));
            AskLater(plan, order);
        }
    }

    /// <summary>Enough answers that the venue does not know the order, or its word that it refused one it did not know before.</summary>
    /// <remarks>Until then an unknown outcome is exposure. A query without an answer proves nothing.</remarks>
    private bool IsProvedAbsent(PlanOrder order, OrderEventType told) => order.Life.State == OrderState.New && told switch
    {
        OrderEventType.NotFound => ++order.NotFound >= settings.NotFoundAnswers,
        OrderEventType.Rejected => true,
        _ => false,
    };

    private void Finish(Plan plan, PlanOrder order)
    {
        plan.Ended(order);
        if (order.Life.State == OrderState.Canceled)
        {
            // What came back unfilled proves that nothing within its limit is left for us, whatever the book shows until it changes.
            _quotes.Footprint.Missed(order.Instrument, markets.Book(order.Instrument), order.Side, order.LimitTicks, journal.Now);
        }

        Proceed(plan);
    }

    public void OnDeadline(in Deadline due)
    {
        var number = due.Plan;
        if (due.Token == Look)
        {
            if (_open.Find(open => open.Number == number) is { Order: null } waiting)
            {
                Proceed(waiting);
            }

            return;
        }

        if (_planOfOrder.TryGetValue(new ClientOrderId(due.Token), out var plan) && plan.Order is { } order && order.Id.Value == due.Token)
        {
            order.HasQueryDue = false;
            order.Queries++;
            gateway.Query(order.Id, journal.Now);
        }
    }

    /// <summary>The input ends: plans that still run are declared as what they are.</summary>
    public void CloseAll()
    {
        while (_open.Count > 0)
        {
            Close(_open[^1]);
        }
    }

    /// <summary>One query at a time, however often the outcome is reported unknown.</summary>
    private void AskLater(Plan plan, PlanOrder order)
    {
        if (!order.HasQueryDue)
        {
            order.HasQueryDue = true;
            deadlines.Set(journal.Now + settings.QueryPauseNanos, plan.Number, order.Id.Value);
        }
    }

    /// <summary>Moves the plan's money: what is nearest to home first, so that most of it is out of the market soonest.</summary>
    private void Proceed(Plan plan)
    {
        var waits = false;
        for (var node = plan.Planned.Nodes.Length - 1; node >= 1; node--)
        {
            if (plan.Held(node) > 0m && !plan.IsLeft(node))
            {
                switch (TryMove(plan, node))
                {
                    case Move.Sent:
                        return;
                    case Move.Waits:
                        waits = true;
                        break;
                }
            }
        }

        if (waits)
        {
            deadlines.Set(journal.Now + settings.LookPauseNanos, plan.Number, Look);
        }
        else
        {
            Close(plan);
        }
    }

    private Move TryMove(Plan plan, int node)
    {
        var amount = plan.Held(node);
        if (_quotes.IsDust(plan, node, amount))
        {
            plan.Leave(node, isDust: true);
            return Move.Left;
        }

        if (plan.Attempts >= settings.OrdersMax)
        {
            Hold(plan, node, amount, $"the plan has sent all of its {settings.OrdersMax} orders");
            return Move.Left;
        }

        if (plan.Misses(node) == 0 && !plan.IsUnwinding && _quotes.TryPlanned(plan.Planned.Legs[node], amount, out var asPlanned))
        {
            Send(plan, node, OrderPurpose.Leg, asPlanned, amount);
            return Move.Sent;
        }

        var ways = _quotes.Decide(plan, node, amount);
        if (ways.Decision.Choice == LegFailureChoice.Hold && plan.IsPatient(journal.Now, settings.ResidualNanosMax))
        {
            // Books refill: a residual is declared only when it has had its time.
            return Move.Waits;
        }

        journal.Write(new LegDecided(
            plan.Number, (byte)node, plan.Planned.Nodes[node], amount, ways.Decision.Continue, ways.Decision.Unwind,
            ways.Decision.Choice.ToString().ToLowerInvariant(), ways.Why));
        switch (ways.Decision.Choice)
        {
            case LegFailureChoice.Continue:
                Send(plan, node, OrderPurpose.Requote, ways.Order, amount);
                return Move.Sent;
            case LegFailureChoice.Unwind:
                plan.IsUnwinding = true;
                Send(plan, node, OrderPurpose.Unwind, ways.Order, amount);
                return Move.Sent;
            default:
                plan.Leave(node, isDust: false);
                return Move.Left;
        }
    }

    /// <summary>What became of the money at one node.</summary>
    private enum Move : byte
    {
        Left = 0,
        Sent = 1,

        /// <summary>No book offers a way now; it is looked at again shortly.</summary>
        Waits = 2,
    }

    private void Send(Plan plan, int node, OrderPurpose purpose, in SizedOrder order, decimal spendMax)
    {
        var id = ClientOrderId.Of(session, plan.Number, ++plan.Attempts);
        var life = new OrderLife(id, order.QuantityLots);
        plan.Began(new PlanOrder(id, node, purpose, order.Instrument, order.Side, order.LimitTicks, life));
        _planOfOrder.Add(id, plan);
        // Intent before action: the record is in the journal before the gateway sees the order.
        journal.Write(
            new OrderIntent(id, plan.Number, (byte)node, purpose, order.Side, order.QuantityLots, order.LimitTicks, TimeInForce.ImmediateOrCancel),
            order.Instrument);
        life.Submit();
        Risk.OnOrderSent();
        gateway.Submit(new OrderRequest(
            id, order.Instrument, order.Side, order.LimitTicks, order.QuantityLots, TimeInForce.ImmediateOrCancel, spendMax, journal.Now));
    }

    private void Book(Plan plan, in OrderEvent told)
    {
        var fill = Fill.Of(told, markets.Instrument(told.Instrument));
        var settlement = treasury.Settle(fill, plan.Reservation);
        plan.Account.Add(settlement.Lines);
        plan.EndWait();
        markets.MarkTraded(told.Instrument, journal.Now);
        _quotes.Footprint.Took(told.Instrument, markets.Book(told.Instrument), told.Side, told.Fill, journal.Now);
        Totals.Fills++;
        journal.Write(new Posted(PostingReason.Fill, plan.Number, told.Id, told.TradeId, settlement.Lines.ToArray()), told.Instrument);
        if (settlement.ExceedsReservation)
        {
            Halt($"plan {plan.Number} spent more than was set aside for it");
        }
    }

    /// <summary>News of an order that its plan has already left behind: a fill is a fact and is booked, everything else is history.</summary>
    private void OnLate(Plan plan, in OrderEvent told)
    {
        if (plan.LifeOf(told.Id) is not { } life)
        {
            Halt($"order {told.Id} is none of ours");
            return;
        }

        var step = life.Apply(told);
        if (told.Type == OrderEventType.Filled && step.IsToBeBooked())
        {
            Book(plan, told);
            Halt($"order {told.Id} filled after it was reported finished");
        }
        else if (step == OrderStep.Duplicate)
        {
            Totals.DuplicateFills++;
        }
    }

    private void Hold(Plan plan, int node, decimal amount, string why)
    {
        plan.Leave(node, isDust: false);
        journal.Write(new LegDecided(plan.Number, (byte)node, plan.Planned.Nodes[node], amount, null, null, "hold", why));
    }

    /// <summary>Ends a plan. Whatever it holds outside the start asset is listed, whether anyone meant to leave it or not.</summary>
    private void Close(Plan plan)
    {
        _open.Remove(plan);
        treasury.Reservations.Release(plan.Reservation);
        var remainders = PlanPages.RemaindersOf(plan, _quotes);
        var realised = plan.StartNet;
        var outcome = plan.Order is not null || Array.Exists(remainders, remainder => !remainder.IsDust) ? PlanOutcome.Residual
            : !plan.HasTraded ? PlanOutcome.Missed
            : plan.IsUnwinding ? PlanOutcome.Unwound
            : PlanOutcome.Completed;
        journal.Write(new PlanClosed(plan.Number, outcome, realised, realised - plan.Planned.ExpectedProfit, plan.OpenedTime, remainders));
        Totals.Add(outcome, plan.StartAsset, realised);
        Risk.OnPlanClosed(plan.Number, outcome, plan.StartAsset, realised, remainders);
        treasury.Check();
    }

    private void Halt(string reason)
    {
        HaltReason ??= reason;
        journal.Write(new TradingHalted(reason));
    }
}
