using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Execution;

/// <summary>Runs approved plans to their end: completed, unwound, missed, or with its residuals listed. This is where news arrives.</summary>
/// <remarks>
/// Engine thread only. What is sent is <see cref="OrderDesk"/>, where a plan's money goes next <see cref="PlanMoves"/>, what is booked
/// <see cref="PlanBooks"/>. An order of unknown outcome keeps its plan, its reservation and its instruments occupied until the venue gives
/// a definite answer.
/// </remarks>
public sealed partial class PlanExecutor
{
    /// <summary>The deadline of a plan that waits for a book, in place of an order's id.</summary>
    internal const ulong Look = 0;

    private readonly Markets _markets;
    private readonly DecisionWriter _journal;
    private ExecutionSettings _settings;
    private readonly RiskBook _risk;
    private readonly bool _reconciles;
    private readonly List<Plan> _open = [];
    private readonly StrayOrders _strays;
    private readonly OrderDesk _desk;
    private readonly LegQuotes _quotes;
    private readonly PlanBooks _books;
    private readonly PlanMoves _moves;
    private readonly WorkingOff _workingOff;
    private readonly PlanResults _results;
    private readonly TradeRestatements _restatements;
    private readonly int _session;
    private Level[] _shown = new Level[16];
    private int _plans;

    public PlanExecutor(
        Markets markets, Treasury treasury, IOrderGateway gateway, DecisionWriter journal, Deadlines deadlines, EngineSettings settings, RiskBook risk)
    {
        (_markets, _journal, _risk) = (markets, journal, risk);
        (_settings, _reconciles, _session) = (settings.Execution, settings.Reconciles, settings.Session);
        _quotes = new LegQuotes(markets, journal);
        _quotes.MayDetour = () => HaltReason is null && MayBegin();
        _desk = new OrderDesk(gateway, journal, deadlines, settings.Session, risk);
        Residuals = new Residuals(journal, settings.Session);
        _results = new PlanResults(journal, Residuals, _open, risk, Totals, _session);
        _books = new PlanBooks(markets, treasury, journal, _quotes, Residuals, Estimates, risk, Totals, Trades, _results, _session, Halt);
        _restatements = new TradeRestatements(markets, treasury, journal, Trades, Residuals, _results, risk, Totals, _session);
        _strays = new StrayOrders(gateway, journal, deadlines, _settings, _books, _session, Halt);
        _workingOff = new WorkingOff(markets, treasury.Reservations, _quotes.Routes);
        _moves = new PlanMoves(_desk, _quotes, journal, deadlines, new InventoryLegs(markets, treasury.Reservations, _desk, _quotes), treasury.Reservations);
    }

    /// <summary>Plans that have not ended.</summary>
    public int OpenCount => _open.Count;

    public int PlanCount => _plans;

    /// <summary>The plans that have not ended, oldest first, as they stand now.</summary>
    public IEnumerable<OpenPlan> OpenPlans => _open.Select(plan => new OpenPlan(plan.Number, plan.Planned, plan.OpenedTime, plan.LegsDone, plan.First));

    /// <summary>What plans of this and earlier sessions left behind and nothing has taken home yet.</summary>
    public Residuals Residuals { get; }

    /// <summary>What attempts have taught about routes and policies.</summary>
    public RouteEstimates Estimates { get; } = new();

    public PlanTotals Totals { get; } = new();

    /// <summary>What plans of this session have earned, with what of them is open at the best prices of now; null while something of it has no price.</summary>
    public decimal? ProfitIn(Asset reporting) => Totals.RealisedIn(reporting, _markets) + _results.UnrealisedIn(reporting, _markets);

    /// <summary>Set once something happened that no rule covers: the engine opens no more plans. See the journal for the reason.</summary>
    public string? HaltReason { get; private set; }

    /// <summary>Orders whose end is not known, of plans and of sessions before.</summary>
    public int OrdersOut => _open.Sum(plan => plan.Out.Count) + _strays.OpenCount;

    /// <summary>What was booked of orders that no journal knows.</summary>
    internal (int Orders, int Trades, int LastSession) Imported => _strays.Imported;

    /// <summary>The venues' accounts were compared with the ledger in full.</summary>
    internal bool IsProved { get; set; }

    /// <summary>Whether anything may be begun: nothing is stopped, and nothing ends.</summary>
    internal Func<bool> MayBegin { get; set; } = () => true;

    /// <summary>Plans of earlier sessions keep their money where it is, and only ask for what is out.</summary>
    public bool IsHeld { get; private set; }

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

    /// <summary>Whether an order whose end is not known can still move an asset's balance.</summary>
    public bool IsInFlight(Holding holding)
    {
        foreach (var plan in _open)
        {
            foreach (var order in plan.Out)
            {
                if (_markets.Instrument(order.Instrument).Touches(holding))
                {
                    return true;
                }
            }
        }

        return _strays.IsInFlight(holding, _markets);
    }

    /// <summary>Whether a plan of ours, or an order of a session before that is being asked for, owns this id.</summary>
    public bool IsOut(ClientOrderId id) => _desk.TryOwner(id, out var plan) ? plan.OrderOut(id) is not null : _strays.IsOut(id);

    /// <summary>Takes over an approved plan whose money is reserved under <see cref="NextReservation"/>, and sends its first leg.</summary>
    /// <returns>The plan's number.</returns>
    /// <param name="estimate">The policy, and what is expected of it; <see langword="null"/> for a sequential plan of which nothing was estimated.</param>
    public int Open(Approved<CyclePlan> approved, PolicyEstimate? estimate = null)
    {
        var planned = approved.Value;
        var plan = Begin(planned, _journal.Now, estimate);
        Show(plan);
        TellPolicy(plan);
        _moves.SendFirst(plan);
        return plan.Number;
    }

    /// <summary>The id under which the next plan's money has to be reserved before it is opened.</summary>
    public ReservationId NextReservation => new((ulong)(_plans + 1));

    /// <summary>Takes what a venue said about one of our orders.</summary>
    public void OnOrderEvent(in OrderEvent told, Record input)
    {
        _journal.Copy(input);
        if (!_desk.TryOwner(told.Id, out var plan))
        {
            if (told.Type == OrderEventType.Filled && Trades.TryFind(told.Id, told.TradeId, out _))
            {
                // A venue tells of trades again that are older than the orders that are still followed.
                Totals.DuplicateFills++;
                return;
            }

            _strays.OnOrderEvent(told, !_reconciles ? StrangerRule.Halt : IsProved ? StrangerRule.ImportAndHalt : StrangerRule.Import);
            return;
        }

        if (plan.OrderOut(told.Id) is not { } order)
        {
            OnLate(plan, told);
            return;
        }

        var step = order.Life.Apply(told);
        _risk.OnOrder(plan.Number, told, order.Life.State, told.Type == OrderEventType.Filled && order.IsBeyondLimit(told.Fill.PriceTicks));
        if (told.Type == OrderEventType.Filled && step.IsToBeBooked())
        {
            _books.Book(plan, told);
        }

        if (step == OrderStep.Duplicate)
        {
            Totals.DuplicateFills++;
        }
        else if (step == OrderStep.OverFill)
        {
            Halt($"order {told.Id} filled more than it asked for");
        }

        if (order.Life.State.IsFinal() || IsProvedAbsent(plan, order, told.Type))
        {
            Finish(plan, order, told.Type);
        }
        else if (told.Type is OrderEventType.OutcomeUnknown or OrderEventType.NotFound)
        {
            _journal.Write(new OrderUnknown(order.Id, plan.Number, order.Queries));
            _desk.AskLater(plan, order);
        }
    }

    public void OnDeadline(in Deadline due)
    {
        if (_strays.TryOnDeadline(due))
        {
            return;
        }

        if (due.Token != Look)
        {
            _desk.OnDeadline(due);
            return;
        }

        var number = due.Plan;
        if (_open.Find(open => open.Number == number) is { Out.Count: 0 } waiting)
        {
            Proceed(waiting);
        }
    }

    /// <summary>Plans that are opened from now on have other terms; those that are open keep theirs.</summary>
    public void Change(ExecutionSettings settings) => _settings = settings;

    /// <summary>Stops sending at once, or only the opening of plans, as the policy says; orders that are out come to their end.</summary>
    public void Stop()
    {
        if (_settings.KillPolicy == KillPolicy.Hold)
        {
            _desk.IsStopped = true;
            foreach (var plan in _open.ToArray())
            {
                Proceed(plan);
            }
        }
    }

    /// <summary>Lets orders be sent again. What was declared meanwhile stays declared.</summary>
    public void Restart() => _desk.IsStopped = false;

    /// <summary>The input ends: plans that still run are declared as what they are.</summary>
    public void CloseAll()
    {
        while (_open.Count > 0)
        {
            Close(_open[^1]);
        }
    }

    /// <summary>Writes the books that a plan was decided on.</summary>
    private void Show(Plan plan)
    {
        for (var i = 0; i < plan.Planned.Legs.Length; i++)
        {
            var number = plan.Planned.Legs[i].Instrument;
            _journal.Write(PlanPages.BookOf(plan, i, _markets.Book(number), ref _shown), number);
        }
    }

    private void TellPolicy(Plan plan)
    {
        if (plan.Estimate is { } chosen)
        {
            _journal.Write(new PolicyChosen(
                plan.Number, RouteEstimates.TextOf(chosen.Policy), chosen.FillProbability * 10_000m, chosen.EdgeBps, chosen.FailureCostBps, chosen.ValueBps,
                chosen.Policy == ExecutionPolicy.Sequential ? [] : plan.Planned.LegInputs));
        }
    }

    /// <param name="residual">What it takes home; <see langword="null"/> for a plan that does not.</param>
    private Plan Begin(CyclePlan planned, long openedTime, PolicyEstimate? estimate = null, Opening.Residual? residual = null)
    {
        var plan = new Plan(++_plans, planned, openedTime, _settings) { Policy = estimate?.Policy ?? ExecutionPolicy.Sequential, Estimate = estimate, Residual = residual };
        _open.Add(plan);
        _journal.Write(new PlanOpened(
            plan.Number, planned.Opportunity, planned.Cycle, plan.StartAsset,
            planned.Input, planned.GrossProfit, planned.Fees, planned.Rounding, planned.ExpectedProfit)
        {
            First = plan.First,
        });
        return plan;
    }

    /// <summary>It was never sent, or enough answers that the venue does not know it, or its word that it refused one it did not know before.</summary>
    /// <remarks>Until then an unknown outcome is exposure. A query without an answer proves nothing.</remarks>
    private bool IsProvedAbsent(Plan plan, PlanOrder order, OrderEventType told)
    {
        if (order.Life.State != OrderState.New || (told == OrderEventType.NotFound && !order.NotFound.Take(_journal.Now, plan.Terms)))
        {
            return false;
        }

        if (told == OrderEventType.NotFound)
        {
            _journal.Write(new OrderAbsent(order.Id, plan.Number, order.NotFound.Count));
        }

        return told is OrderEventType.NotFound or OrderEventType.Rejected or OrderEventType.NotSent;
    }

    private void Finish(Plan plan, PlanOrder order, OrderEventType told)
    {
        _desk.Ended(order);
        plan.Ended(order);
        if (order.Life.State == OrderState.Canceled)
        {
            // What came back unfilled proves that nothing within its limit is left for us, whatever the book shows until it changes.
            _quotes.Footprint.Missed(order.Instrument, _markets.Book(order.Instrument), order.Side, order.LimitTicks, _journal.Now);
        }

        if (plan.RefusalsInRow > 1 || (told == OrderEventType.NotSent && plan.HasTraded))
        {
            // A venue that refuses again is not asked at once once more: all of a plan's orders would be gone before anything could change. Nor does
            // what held an order back pass in the same moment.
            _moves.LookLater(plan);
            return;
        }

        Proceed(plan);
    }

    private void Proceed(Plan plan)
    {
        if (!IsHeld && _moves.Proceed(plan) == PlanMoves.Next.Close)
        {
            Close(plan);
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
            _books.Book(plan, told);
            if (!_open.Contains(plan))
            {
                _restatements.Late(plan, told.Id, told.TradeId);
            }

            Halt($"order {told.Id} filled after it was reported finished");
        }
        else if (step == OrderStep.Duplicate)
        {
            Totals.DuplicateFills++;
        }
    }

    private void Close(Plan plan)
    {
        _open.Remove(plan);
        _books.Close(plan);
        if (plan.TakesDetour)
        {
            TakeDetours(plan);
        }
    }

    private void Halt(string reason)
    {
        HaltReason ??= reason;
        _journal.Write(new TradingHalted(reason));
    }
}
