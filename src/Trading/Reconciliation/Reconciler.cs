using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Reconciliation;

/// <summary>Compares what the venues say of the account with the ledger: before the first trade of a session, and again and again while it runs.</summary>
/// <remarks>
/// Source: strategies/risk.md section 9. Movements that are not ours are booked as what they are, never as profit. What moved since the
/// account was asked for, or can still move, is left to the next statement. A session without venue accounts, such as a backtest, does not
/// reconcile. Engine thread only.
/// </remarks>
public sealed class Reconciler
{
    /// <summary>The engine's own deadline: no plan has number 0.</summary>
    private const ulong AskToken = 1, PatienceToken = 2;

    /// <summary>A venue has this long for its whole answer, counted from the last word of it being on its way.</summary>
    private const long PatienceNanos = 30 * UtcNanos.PerSecond;

    private readonly EngineSettings _settings;
    private readonly Markets _markets;
    private readonly Treasury _treasury;
    private readonly PlanExecutor _executor;
    private readonly IOrderGateway _gateway;
    private readonly DecisionWriter _journal;
    private readonly Deadlines _deadlines;
    private readonly Action _reconciled;
    private readonly Action<string> _kill;
    private readonly ExternalMovements _external;
    private readonly BalanceDrifts _drifts;
    private readonly TradeAudit _audit;
    private readonly SortedDictionary<VenueId, VenueView> _venues = [];
    private readonly Dictionary<Holding, long> _asked = [];
    private readonly HashSet<(VenueId, string)> _unowned = [];
    private Deadline? _patience;
    private int _unwhole;
    private long _knownBefore;
    private bool _isFresh;
    private bool _hasReleased;

    internal Reconciler(
        EngineSettings settings, Markets markets, Treasury treasury, PlanExecutor executor, IOrderGateway gateway, DecisionWriter journal, Deadlines deadlines,
        Action reconciled,
        Action<string> kill)
    {
        (_reconciled, _kill) = (reconciled, kill);
        (_settings, _markets, _treasury, _executor, _gateway, _journal, _deadlines) = (settings, markets, treasury, executor, gateway, journal, deadlines);
        _audit = new TradeAudit(executor, journal, settings.Execution);
        _external = new ExternalMovements(treasury, journal);
        _drifts = new BalanceDrifts(markets, treasury, journal);
    }

    /// <summary>Every venue's account was compared with the ledger in full since the session began. Always so where nothing is reconciled.</summary>
    public bool IsReconciled => !_settings.Reconciles || _hasReleased;

    /// <summary>Balances that differ from the venue's by more than is tolerated.</summary>
    public IReadOnlyCollection<BalanceDrifted> Drifts => _drifts.Open;

    /// <summary>Why no plan may be opened now; <see langword="null"/> when nothing is in the way.</summary>
    /// <param name="value">Venues that have to answer yet, or the drift.</param>
    /// <param name="threshold">None, or what is tolerated.</param>
    public RefusalReason? Refusal(out decimal value, out decimal threshold)
    {
        (value, threshold) = (0m, 0m);
        if (!IsReconciled)
        {
            value = _venues.Values.Count(venue => !venue.IsReconciled);
            return RefusalReason.NotReconciled;
        }

        if (_drifts.First is { } drift)
        {
            (value, threshold) = (drift.Drift, drift.Tolerance);
            return RefusalReason.BalanceDrift;
        }

        return null;
    }

    /// <summary>
    /// How far the first comparison has come, in words; <see langword="null"/> once it is done, and while nothing more can be said than that it is awaited.
    /// </summary>
    public string? Awaits => IsReconciled ? null : _venues.Select(venue => venue.Value.Awaits(venue.Key)).FirstOrDefault(words => words is not null);

    /// <summary>The session has begun: asks for the accounts.</summary>
    /// <param name="isFresh">There is no session before this one: the first statement is the opening balance.</param>
    internal void Start(Recovery recovery, bool isFresh)
    {
        if (!_settings.Reconciles)
        {
            return;
        }

        _isFresh = isFresh;
        foreach (var instrument in _markets.Instruments)
        {
            _venues.TryAdd(instrument.Id.Venue, new VenueView());
        }

        foreach (var known in recovery.All<Opening.Known>())
        {
            View(known.Venue).KnownTime = known.Time;
            _knownBefore = _knownBefore == 0 ? known.Time : Math.Min(_knownBefore, known.Time);
        }

        foreach (var booked in recovery.All<Opening.Booked>())
        {
            _external.Adopt(booked);
        }

        Ask();
    }

    internal bool TryOnDeadline(in Deadline due)
    {
        if (due.Plan != 0)
        {
            return false;
        }

        if (due.Token == AskToken)
        {
            Ask();
        }
        else if (due == _patience)
        {
            _patience = null;
            foreach (var (venue, view) in _venues.Where(view => view.Value.IsAsked))
            {
                End(venue, view, new Statement.Ended(venue, false, "no whole answer came in time"));
            }

            Next();
        }

        return true;
    }

    internal void Take(Statement item, Record record)
    {
        var view = View(item.Venue);
        switch (item)
        {
            case Statement.OwnTrade trade:
                _audit.Take(trade, record);
                break;
            case Statement.Begun begun:
                _audit.Begin(begun);
                view.Begin(record.Header.VenueTime);
                break;
            case Statement.Progress progress when view.IsAsked:
                view.Note = $"{progress.Known} of {progress.Total} {progress.What} read";
                Wait();
                break;
            case Statement.Balance balance:
                view.Balances[balance.Asset] = balance.Total;
                break;
            case Statement.OpenOrder open:
                TakeOpen(open);
                break;
            case Statement.ForeignTrade or Statement.Transfer:
                _journal.Copy(record);
                if (_isFresh)
                {
                    // The balance that this statement opens the books with has it in it already.
                    _external.Know(item);
                    break;
                }

                foreach (var change in _external.Book(item))
                {
                    _asked[change.Holding] = _asked.GetValueOrDefault(change.Holding) + 1;
                }

                break;
            case Statement.Ended ended when view.IsAsked:
                End(item.Venue, view, ended);
                Next();
                break;
        }
    }

    /// <summary>An operator takes the venue's word for a balance.</summary>
    internal void Accept(in BalanceAcceptance accepted) => _drifts.Accept(accepted.Holding);

    private VenueView View(VenueId venue)
    {
        if (!_venues.TryGetValue(venue, out var view))
        {
            _venues.Add(venue, view = new VenueView());
        }

        return view;
    }

    private void Ask()
    {
        var since = long.MaxValue;
        foreach (var view in _venues.Values)
        {
            (view.IsAsked, view.HasBegun) = (true, false);
            since = Math.Min(since, (view.KnownTime > 0 ? view.KnownTime : _journal.Now) - SessionFold.OverlapNanos);
        }

        since = _hasReleased ? _audit.Since(since, _drifts.Open.Count > 0) : since;
        _asked.Clear();
        foreach (var holding in _treasury.Ledger.Holdings)
        {
            _asked[holding] = _treasury.Ledger.Moves(holding);
        }

        Wait();
        _gateway.Survey(since, _journal.Now);
    }

    private void Wait()
    {
        StopWaiting();
        _patience = _deadlines.Set(_journal.Now + PatienceNanos, 0, PatienceToken);
    }

    private void StopWaiting()
    {
        if (_patience is { } patience)
        {
            _deadlines.Clear(patience);
            _patience = null;
        }
    }

    /// <summary>When every venue has answered: the next survey is set, and plans of earlier sessions go on once all is compared.</summary>
    private void Next()
    {
        if (_venues.Values.Any(view => view.IsAsked))
        {
            return;
        }

        StopWaiting();
        _deadlines.Set(_journal.Now + Pause(_venues.Values.All(view => view.IsWhole)), 0, AskToken);
        if (!_hasReleased && _venues.Values.All(view => view.IsReconciled))
        {
            _hasReleased = true;
            _isFresh = false;
            _executor.IsProved = true;
            if (_executor.Imported is { Orders: > 0 } lost)
            {
                _journal.Write(new JournalGap(_knownBefore, _journal.Now, lost.Orders, lost.Trades, lost.LastSession));
            }

            _reconciled();
        }
    }

    /// <summary>Twice as long after each answer that was not whole: a survey is many calls, and what settles the rest needs calls as well.</summary>
    private long Pause(bool isWhole)
    {
        _unwhole = isWhole ? 0 : Math.Min(_unwhole + 1, 16);
        return isWhole
            ? _settings.Execution.SurveyEveryNanos
            : Math.Min(_settings.Execution.SurveyPauseNanos << (_unwhole - 1), _settings.Execution.SurveyEveryNanos);
    }

    private void End(VenueId venue, VenueView view, Statement.Ended ended)
    {
        view.IsAsked = false;
        var isComplete = ended.IsComplete && view.HasBegun;
        var (compared, skipped) = (0, 0);
        if (isComplete)
        {
            _audit.End(venue, view.AsOfTime);
            (compared, skipped) = Compare(venue, view);
            view.KnownTime = view.AsOfTime;
            view.IsReconciled |= skipped == 0;
        }

        view.IsWhole = isComplete && skipped == 0;
        view.Note = isComplete ? null : ended.Why;
        _journal.Write(new Reconciled(venue, isComplete, compared, skipped, _drifts.Open.Count, view.KnownTime, ended.Why));
        if (_drifts.Grave is { } drift)
        {
            _kill($"balance-drift: {Decimals.Plain(drift.Drift)} {drift.Holding.Asset} at {drift.Holding.Venue} (ledger {Decimals.Plain(drift.Ours)}, venue {Decimals.Plain(drift.Theirs)})");
        }
    }

    private (int Compared, int Skipped) Compare(VenueId venue, VenueView view)
    {
        var (compared, skipped) = (0, 0);
        var assets = new SortedSet<Asset>(view.Balances.Keys);
        assets.UnionWith(_treasury.Ledger.Holdings.Where(holding => holding.Venue == venue).Select(holding => holding.Asset));
        foreach (var asset in assets)
        {
            var holding = new Holding(asset, venue);
            if (_treasury.Ledger.Moves(holding) != _asked.GetValueOrDefault(holding) || _executor.IsInFlight(holding))
            {
                skipped++;
                continue;
            }

            compared++;
            _drifts.Compare(holding, view.Balances.GetValueOrDefault(asset), adopts: _isFresh);
        }

        return (compared, skipped);
    }

    /// <summary>One of ours that nothing owns is taken back; somebody else's is noted once and never touched.</summary>
    private void TakeOpen(Statement.OpenOrder open)
    {
        var isOurs = open.Id.Value != 0;
        if (isOurs && _executor.IsOut(open.Id))
        {
            return;
        }

        if (_unowned.Add((open.Venue, open.Reference)))
        {
            _journal.Write(new OrderUnowned(open.Venue, open.Id, open.Reference));
        }

        if (isOurs)
        {
            _gateway.Cancel(open.Id, _journal.Now);
        }
    }

    /// <summary>What one venue has said so far.</summary>
    private sealed class VenueView
    {
        public SortedDictionary<Asset, decimal> Balances { get; } = [];

        /// <summary>When the venue looked, its clock.</summary>
        public long AsOfTime { get; private set; }

        public long KnownTime { get; set; }

        public bool IsAsked { get; set; }

        public bool HasBegun { get; set; }

        /// <summary>The last statement was complete, and nothing of it was left to the next.</summary>
        public bool IsWhole { get; set; }

        public bool IsReconciled { get; set; }

        /// <summary>How far the answer is that is on its way, or why the last one failed.</summary>
        public string? Note { get; set; }

        public string? Awaits(VenueId venue) =>
            IsReconciled || Note is null ? null : IsAsked ? $"comparing the account at {venue} with the ledger: {Note}" : $"the account at {venue} is not compared yet: {Note}";

        public void Begin(long asOfTime)
        {
            HasBegun = true;
            AsOfTime = asOfTime;
            Balances.Clear();
        }
    }
}
