using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Cycles.Screening;
using Parallax.Strategies.Sizing;
using Parallax.Trading.Arming;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Scores;

namespace Parallax.Trading.Engine;

/// <summary>Where an opportunity becomes a plan or a refusal: detection, sizing, risk, in this order.</summary>
/// <remarks>
/// An opportunity makes at most one plan in its life (docs/decisions/0005). Everything that is not taken is written once per reason,
/// with its numbers.
/// </remarks>
internal sealed class OpportunityDesk
{
    /// <summary>Edges come rounded down to eight decimals.</summary>
    private const decimal EdgeStepBps = 0.00000001m;

    /// <summary>Without one of these the detector has seen the best prices already.</summary>
    private const BookChanges PricesOrState = (BookChanges.Best & ~(BookChanges.BidQuantity | BookChanges.AskQuantity)) | BookChanges.State;

    private readonly EngineSettings _settings;
    private readonly Markets _markets;
    private readonly Treasury _treasury;
    private readonly PlanExecutor _executor;
    private readonly DecisionWriter _journal;
    private readonly EngineTotals _totals;
    private readonly ArmingState _arming;
    private readonly RiskBook _book;
    private readonly Func<bool> _isKilled;
    private readonly Reconciler _reconciler;
    private readonly VenueDesk _venues;
    private readonly PolicyChooser _policies;
    private readonly CycleIndex _index;
    private CycleDetector _detector;
    private readonly RiskChain _risk;
    private readonly OpportunityScorer _scorer;
    private readonly RefusalFollowUps? _followUps;
    private PlanSizer _sizer;
    private readonly OpportunityLife?[] _lives;
    private readonly LegBook[] _legBooks = new LegBook[5];

    public OpportunityDesk(
        EngineSettings settings,
        Markets markets,
        Treasury treasury,
        PlanExecutor executor,
        RiskBook book,
        DecisionWriter journal,
        EngineTotals totals,
        ArmingState arming,
        Func<bool> isKilled,
        Reconciler reconciler,
        VenueDesk venues,
        Deadlines deadlines)
    {
        (_settings, _markets, _treasury, _executor, _journal, _totals, _arming, _isKilled) = (settings, markets, treasury, executor, journal, totals, arming, isKilled);
        (_book, _scorer) = (book, new OpportunityScorer(settings.Limits, book.Routes));
        (_reconciler, _venues) = (reconciler, venues);
        _policies = new PolicyChooser(settings.Execution, treasury.Reservations, executor.Estimates);
        _index = CycleIndex.Of(markets.Instruments, new CycleOptions { LegsMax = settings.LegsMax, StartAssets = settings.StartAssets });
        _detector = new CycleDetector(_index, markets.Instruments, markets.Fees);
        _risk = new RiskChain(settings.Limits);
        _sizer = new PlanSizer(markets);
        _lives = new OpportunityLife?[_index.Count];
        _followUps = settings.FollowsRefusals ? new RefusalFollowUps(settings, markets, treasury, deadlines, journal, totals) : null;
    }

    /// <summary>Cycles that are watched.</summary>
    public int CycleCount => _index.Count;

    public string CycleName(int cycle) => _index[cycle].ToString();

    public bool TryEdgeBps(int cycle, bool isNet, out decimal edgeBps) => _detector.TryEdgeBps(cycle, isNet, out edgeBps);

    /// <summary>Takes what a record did to a book.</summary>
    public void OnBook(ushort number, OrderBook book, BookChanges changes)
    {
        if ((changes & PricesOrState) != BookChanges.None)
        {
            OnPrices(number, book);
        }
        else if (_detector.HasOpenThrough(number))
        {
            ReconsiderThrough(number);
        }
    }

    /// <summary>A venue charges other fees from now on: what paid may not pay any more, and the other way round.</summary>
    public void OnFees()
    {
        CloseAll("fees-changed");
        _detector = new CycleDetector(_index, _markets.Instruments, _markets.Fees);
        _sizer = new PlanSizer(_markets);
        for (ushort number = 0; number < _markets.Count; number++)
        {
            OnPrices(number, _markets.Book(number));
        }
    }

    public void CloseAll(string why)
    {
        for (var cycle = 0; cycle < _lives.Length; cycle++)
        {
            Close(cycle, why);
        }
    }

    public void OnFollowUp(in Deadline due) => _followUps?.OnDeadline(due, _sizer);

    public void CloseFollowUps() => _followUps?.CloseAll();

    private void OnPrices(ushort number, OrderBook book)
    {
        var isTradable = book.State == BookState.Live;
        var bid = default(Level);
        var ask = default(Level);
        var hasBid = isTradable && book.TryGetBest(BookSide.Bid, out bid);
        var hasAsk = isTradable && book.TryGetBest(BookSide.Ask, out ask);
        if (_detector.OnBest(number, hasBid, bid.PriceTicks, hasAsk, ask.PriceTicks))
        {
            foreach (var cycle in _detector.Closed)
            {
                Close(cycle, isTradable ? "edge-gone" : "book-lost");
            }

            foreach (var cycle in _detector.Paying)
            {
                Consider(cycle);
            }
        }
        else if (_detector.HasOpenThrough(number))
        {
            ReconsiderThrough(number);
        }
    }

    /// <summary>The same best prices with more behind them can make a size feasible that was not.</summary>
    private void ReconsiderThrough(ushort number)
    {
        foreach (var cycle in _detector.Open)
        {
            if (Uses(cycle, number))
            {
                Consider(cycle);
            }
        }
    }

    private bool Uses(int cycle, ushort number)
    {
        foreach (var edge in _index.EdgesOf(cycle))
        {
            if (edge >> 1 == number)
            {
                return true;
            }
        }

        return false;
    }

    private void Consider(int cycle)
    {
        var life = _lives[cycle] ?? Open(cycle);
        _detector.TryEdgeBps(cycle, isNet: true, out var edgeBps);
        life.See(edgeBps);
        if (life.Plan == 0)
        {
            Evaluate(life);
        }
    }

    private OpportunityLife Open(int cycle)
    {
        _detector.TryEdgeBps(cycle, isNet: true, out var edgeBps);
        var life = new OpportunityLife(++_totals.Opportunities, cycle, _index[cycle], _journal.Now);
        _lives[cycle] = life;
        _journal.Write(new OpportunityOpened(life.Number, life.Cycle.ToString(), edgeBps));
        return life;
    }

    private void Close(int cycle, string why)
    {
        if (_lives[cycle] is { } life)
        {
            _lives[cycle] = null;
            _journal.Write(new OpportunityClosed(life.Number, life.OpenedTime, life.BestNetBps, life.BestProfit, why, life.Plan, life.Refusals));
        }
    }

    private void Evaluate(OpportunityLife life)
    {
        if (_reconciler.Refusal(out var found, out var allowed) is { } unproved)
        {
            Refuse(life, unproved, found, allowed, 0m, 0m);
            return;
        }

        var cycle = StartOf(life);
        if (!_venues.AllowsTaking(_markets.Instrument(cycle.Legs[0].Instrument).Id.Venue))
        {
            Refuse(life, RefusalReason.VenueClosed, 0m, 0m, 0m, 0m);
            return;
        }

        if (IsOccupied(cycle, out var occupied, out var value))
        {
            Refuse(life, occupied, value, 0m, 0m, 0m);
            return;
        }

        var holding = new Holding(cycle.Start, _markets.Instrument(cycle.Legs[0].Instrument).Id.Venue);
        var price = _markets.TryPrice(cycle.Start, _settings.ReportingAsset, out var worth) ? worth : 0m;
        if (price == 0m)
        {
            Refuse(life, RefusalReason.NoReportingPrice, 0m, 0m, 0m, 0m);
            return;
        }

        LookAtBooks(cycle);
        var state = StateOf(life, cycle, holding);
        var bound = SizeBound.Of(_settings.Limits, state, price);
        var inputMax = decimal.Max(0m, bound.InputAmountMax);
        if (WouldBeRefusedAgain(life, cycle, state, price, inputMax))
        {
            life.Refuse();
            return;
        }

        if (!_sizer.TrySize(cycle, inputMax, out var sized))
        {
            RefuseUnsized(life, sized.Outcome, bound);
            return;
        }

        life.SeeProfit(sized.Profit);
        var verdict = _risk.Judge(sized, state, Propose(life, cycle, state, price, sized.Spent, sized.Profit, sized.Profit / sized.Spent * 10_000m));
        if (verdict.TryApproved(out var approved))
        {
            if (_arming.Refuses(out var disarmed))
            {
                Refuse(life, disarmed.Reason, disarmed.Value, disarmed.Threshold, sized.Spent, sized.Profit);
            }
            else
            {
                Execute(life, cycle, approved, holding, price);
            }
        }
        else if (verdict.TryRefused(out var refused))
        {
            Refuse(life, refused.Reason, refused.Value, refused.Threshold, sized.Spent, sized.Profit);
        }
    }

    /// <summary>The top of the books pays, but no order on the venue's grid does, or there is nothing to spend.</summary>
    private void RefuseUnsized(OpportunityLife life, SizingOutcome outcome, SizeBound bound)
    {
        if (bound.InputAmountMax <= 0m)
        {
            Refuse(life, bound.SetBy, bound.InputAmountMax, _settings.Limits.NotionalMin, 0m, 0m);
            return;
        }

        var reason = outcome switch
        {
            SizingOutcome.EmptyBook => RefusalReason.EmptyBook,
            SizingOutcome.NoFeasibleLots => RefusalReason.Lots,
            _ => RefusalReason.NoEdgeOnDepth,
        };
        Refuse(life, reason, life.BestNetBps, 0m, 0m, 0m);
    }

    private void Execute(OpportunityLife life, Cycle cycle, Approved<SizedPath> approved, Holding holding, decimal price)
    {
        var sized = approved.Value;
        var reservation = _executor.NextReservation;
        PolicyEstimate? estimate = null;
        if (_policies.IsChoosing)
        {
            if (!_policies.TryChoose(cycle.ToString(), cycle.Assets, holding.Venue, sized, out var best, out var valueMin))
            {
                Refuse(life, RefusalReason.ExpectedValue, best.ValueBps, valueMin, sized.Spent, sized.Profit);
                return;
            }

            estimate = best;
        }

        var lines = PolicyChooser.LinesOf(estimate?.Policy ?? ExecutionPolicy.Sequential, cycle.Assets, holding.Venue, sized);
        var granted = _treasury.Reservations.Reserve(reservation, lines, out _);
        if (granted != ReservationResult.Ok)
        {
            Refuse(life, RefusalReason.Balance, _treasury.Reservations.Available(holding), sized.Spent, sized.Spent, sized.Profit);
            return;
        }

        var state = StateOf(life, cycle, holding);
        if (_risk.RefusesToSend(state, Propose(life, cycle, state, price, sized.Spent, sized.Profit, sized.Profit / sized.Spent * 10_000m), out var refused))
        {
            _treasury.Reservations.Release(reservation);
            Refuse(life, refused.Reason, refused.Value, refused.Threshold, sized.Spent, sized.Profit);
            return;
        }

        var plan = approved.As(path => _sizer.Plan(cycle, life.Number, path));
        _book.OnPlanOpened((int)reservation.Value, plan.Value, price, life.Route);
        life.Plan = _executor.Open(plan, estimate);
    }

    /// <summary>
    /// Whether sizing can bring nothing new: whatever the size, a limit refuses for a reason that is written already, and the books hold
    /// no more than when the opportunity was sized before. An open opportunity sees thousands of changes of its books; this spares nearly
    /// all of their searches.
    /// </summary>
    private bool WouldBeRefusedAgain(OpportunityLife life, Cycle cycle, in RiskState state, decimal price, decimal inputMax)
    {
        if (life.Refusals == 0)
        {
            life.SizedMax = _sizer.ProfitMax(cycle, inputMax);
            return false;
        }

        // Beyond the best prices the edge only falls, and lots only take from it.
        if (!_risk.RefusesAnySize(state, Propose(life, cycle, state, price, inputMax, 0m, life.LastNetBps + EdgeStepBps), out var refused)
            || !life.WasRefused(refused.Reason))
        {
            return false;
        }

        var profitMax = _sizer.ProfitMax(cycle, inputMax);
        if (profitMax <= life.SizedMax)
        {
            return true;
        }

        life.SizedMax = profitMax;
        return false;
    }

    private RiskState StateOf(OpportunityLife life, Cycle cycle, Holding holding) => _book.StateOf(
        _legBooks.AsSpan(0, cycle.Length),
        holding,
        life.Number,
        _isKilled() || _executor.HaltReason is not null,
        _executor.OpenCount,
        _treasury.Reservations.Balance(holding),
        _treasury.Reservations.Available(holding));

    private void LookAtBooks(Cycle cycle)
    {
        for (var i = 0; i < cycle.Length; i++)
        {
            var number = (ushort)cycle.Legs[i].Instrument;
            var book = _markets.Book(number);
            _legBooks[i] = new LegBook(number, book.ReceivedTime, book.VenueTime, IsSound(book));
        }
    }

    private static bool IsSound(OrderBook book) =>
        book.State == BookState.Live
        && !(book.TryGetBest(BookSide.Bid, out var bid) && book.TryGetBest(BookSide.Ask, out var ask) && bid.PriceTicks >= ask.PriceTicks);

    /// <summary>On the books of the last <see cref="LookAtBooks"/>.</summary>
    private Proposal Propose(OpportunityLife life, Cycle cycle, in RiskState state, decimal price, decimal input, decimal profit, decimal edgeBps)
    {
        var legs = _legBooks.AsSpan(0, cycle.Length);
        var (confidence, risk) = _scorer.Score(legs, state, edgeBps, life.Route);
        return new Proposal
        {
            StartAsset = cycle.Start,
            InputAmount = input,
            StartAssetPrice = price,
            NetProfit = profit,
            NetEdgeBps = edgeBps,
            Legs = legs,
            Confidence = confidence,
            RiskScore = risk,
            SlippageBps = decimal.Max(0m, life.LastNetBps - edgeBps),
            NewOrders = cycle.Length,
        };
    }

    /// <summary>Whether an open plan, or an own trade that the book does not show yet, forbids a leg's instrument.</summary>
    private bool IsOccupied(Cycle cycle, out RefusalReason reason, out decimal instrument)
    {
        foreach (var leg in cycle.Legs)
        {
            instrument = leg.Instrument;
            if (_executor.IsBusy(leg.Instrument))
            {
                reason = RefusalReason.InstrumentBusy;
                return true;
            }

            if (_markets.HasUnseenTrade(leg.Instrument))
            {
                reason = RefusalReason.OwnTradeUnseen;
                return true;
            }
        }

        (reason, instrument) = (default, 0m);
        return false;
    }

    /// <summary>The cycle from the first start asset that has money; from its first one when none has.</summary>
    private Cycle StartOf(OpportunityLife life)
    {
        var cycle = life.Cycle;
        foreach (var asset in _settings.StartAssets)
        {
            if (cycle.Assets.Contains(asset)
                && _treasury.Reservations.Available(new Holding(asset, _markets.Instrument(cycle.Legs[0].Instrument).Id.Venue)) > 0m)
            {
                return life.StartingAt(asset);
            }
        }

        return cycle;
    }

    private void Refuse(OpportunityLife life, RefusalReason reason, decimal value, decimal threshold, decimal input, decimal profit)
    {
        if (life.Refuse(reason))
        {
            _totals.CountRefusal(reason.Code());
            _journal.Write(new OpportunityRefused(life.Number, reason.Code(), value, threshold, input, profit));
            _followUps?.Begin(life.Number, StartOf(life), reason, input, _sizer);
        }
    }
}
