using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Cycles.Screening;
using Parallax.Trading.Arming;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Scores;
using Parallax.Trading.Supervision;

namespace Parallax.Trading.Engine.Opportunities;

/// <summary>Where books become opportunities: they open and close here, and each is looked at again with every change that may help it.</summary>
/// <remarks>
/// An opportunity makes at most one plan in its life (docs/decisions/0005). Everything that is not taken is written once per reason,
/// with its numbers. What a look does is <see cref="OpportunityEvaluation"/>.
/// </remarks>
internal sealed class OpportunityDesk
{
    /// <summary>Without one of these the detector has seen the best prices already.</summary>
    private const BookChanges PricesOrState = (BookChanges.Best & ~(BookChanges.BidQuantity | BookChanges.AskQuantity)) | BookChanges.State;

    private readonly Markets _markets;
    private readonly DecisionWriter _journal;
    private readonly EngineTotals _totals;
    private readonly CycleIndex _index;
    private readonly PlanSizer _sizer;
    private readonly Func<EngineSettings, OpportunityEvaluation> _evaluationBy;
    private OpportunityEvaluation _evaluation;
    private readonly RefusalFollowUps? _followUps;
    private readonly OpportunityLife?[] _lives;
    private CycleDetector _detector;

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
        StoreStanding store,
        StorageStanding storage,
        TaskStanding tasks,
        Deadlines deadlines)
    {
        (_markets, _journal, _totals) = (markets, journal, totals);
        _index = CycleIndex.Of(markets.Instruments, new CycleOptions { LegsMax = settings.LegsMax, StartAssets = settings.StartAssets });
        _detector = new CycleDetector(_index, markets.Instruments, markets.Fees);
        _lives = new OpportunityLife?[_index.Count];
        _sizer = new PlanSizer(markets);
        _followUps = settings.FollowsRefusals ? new RefusalFollowUps(settings, markets, treasury, deadlines, journal, totals) : null;
        _evaluationBy = by =>
        {
            var risk = new RiskChain(by.Limits);
            var view = new RiskView(book, new OpportunityScorer(by.Limits, book.Routes), markets, treasury.Reservations, executor, isKilled);
            return new OpportunityEvaluation(
                by,
                markets,
                treasury.Reservations,
                _sizer,
                new TradingGates(markets, executor, reconciler, venues, store, storage, tasks),
                view,
                risk,
                arming,
                new PlanOpening(treasury.Reservations, new PolicyChooser(by.Execution, treasury.Reservations, executor.Estimates), _sizer, view, risk, book, executor),
                new Refusals(journal, totals, _sizer, _followUps));
        };
        _evaluation = _evaluationBy(settings);
    }

    /// <summary>Cycles that are watched.</summary>
    public int CycleCount => _index.Count;

    public string CycleName(int cycle) => _index[cycle].Name;

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
        _sizer.OnFees();
        for (ushort number = 0; number < _markets.Count; number++)
        {
            OnPrices(number, _markets.Book(number));
        }
    }

    /// <summary>Other limits and execution settings hold from the next look on.</summary>
    public void OnSettings(EngineSettings settings)
    {
        _evaluation = _evaluationBy(settings);
        _followUps?.OnSettings(settings);
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
        _detector.TryEdgeBps(cycle, isNet: true, out var edgeBps);
        var life = _lives[cycle] ?? Open(cycle, edgeBps);
        life.See(edgeBps);
        if (life.Plan == 0)
        {
            _evaluation.Evaluate(life);
        }
    }

    private OpportunityLife Open(int cycle, decimal edgeBps)
    {
        var life = new OpportunityLife(++_totals.Opportunities, cycle, _index[cycle], _journal.Now);
        _lives[cycle] = life;
        _journal.Write(new OpportunityOpened(life.Number, life.Cycle.Name, edgeBps));
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
}
