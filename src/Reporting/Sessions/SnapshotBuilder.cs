using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Trading.Arming;
using Parallax.Trading.Engine;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Breakers;
using Parallax.Trading.Risk.Scores;
using Parallax.Trading.Supervision;

namespace Parallax.Reporting.Sessions;

/// <summary>Takes pictures of a running engine. A book that did not change since the last picture is not drawn again.</summary>
/// <remarks>On the thread that owns the engine.</remarks>
/// <param name="health">Asked for each picture, on the same thread; must not block.</param>
public sealed class SnapshotBuilder(EngineSettings settings, string journal, long startedTime, Func<IReadOnlyList<VenueHealth>> health)
{
    private const int LevelsShown = 10;

    private readonly NearMissWatch _nearMisses = new();
    private BookView[] _books = [];
    private (int Revision, EstimatesView View) _estimates = (0, EstimatesView.None);

    /// <summary>The picture before the first one: nothing is known yet.</summary>
    public SessionSnapshot Blank() => new()
    {
        Mode = settings.Mode,
        Session = settings.Session,
        Time = startedTime,
        StartedTime = startedTime,
        State = TradingState.Starting,
        StateReason = null,
        ReportingAsset = settings.ReportingAsset,
        Venues = [],
        Books = [],
        Balances = [],
        OpenPlans = [],
        Cycles = 0,
        Records = 0,
        Opportunities = 0,
        Refused = new Dictionary<string, long>(),
        Fills = 0,
        JournalSequence = 0,
        Journal = journal,
        Latencies = [],
        Overflows = 0,
    };

    public SessionSnapshot Take(Engine engine, long now, ulong journalSequence, IReadOnlyList<LatencyHistogram> latencies, long overflows)
    {
        var (state, reason) = StateOf(engine);
        return Blank() with
        {
            Time = now,
            State = state,
            StateReason = reason,
            Arming = View(engine.Arming),
            Venues = health(),
            Books = Books(engine.Markets),
            Balances = [.. Balances(engine)],
            OpenPlans = [.. engine.Executor.OpenPlans.Select(View)],
            Level = engine.IsKilled ? RiskLevel.Emergency : engine.Risk.Losses.Level,
            Limits = engine.HasBegun ? LimitReadings.Of(engine.Risk, now, engine.Executor.OpenCount) : [],
            Residuals = [.. engine.Executor.Residuals.Open.Select(residual => View(residual, engine.Markets))],
            Drifts = [.. engine.Reconciler.Drifts.Select(drift => new BalanceDriftView(drift.Holding.Asset, drift.Holding.Venue, drift.Ours, drift.Theirs, drift.Tolerance))],
            Breakers = [.. engine.Risk.Breakers.All.Select(one => View(one.Scope, one.Breaker, engine.Risk.Limits, now))],
            Estimates = Estimates(engine.Executor.Estimates),
            AnswerTimes = engine.HasBegun ? [.. engine.Risk.Venues.Select(venue => View(venue, engine.Risk.AnswersOf(venue)!))] : [],
            Cycles = engine.CycleCount,
            Records = engine.Totals.Records,
            Opportunities = engine.Totals.Opportunities,
            NearestMiss = _nearMisses.Look(engine, now),
            Refused = new SortedDictionary<string, long>(new Dictionary<string, long>(engine.Totals.Refused), StringComparer.Ordinal),
            Fills = engine.Executor.Totals.Fills,
            JournalSequence = journalSequence,
            Latencies = [.. latencies.Select(stage => new StageLatency(stage.Stage, LatencyHistogram.UpperBounds, stage.Counts.ToArray(), stage.Sum))],
            Overflows = overflows,
        };
    }

    private static (TradingState State, string? Reason) StateOf(Engine engine) =>
        engine.Executor.HaltReason is { } halt ? (TradingState.Halted, halt)
        : engine.IsDraining ? (TradingState.Draining, null)
        : engine.IsKilled ? (TradingState.Killed, engine.KillReason)
        : engine.Storage.IsFull ? (TradingState.Halted, engine.Storage.Last.Text)
        : engine.Tasks.Down.FirstOrDefault(task => task is { State: TaskState.Stopped, Venue: not null }) is { Task: not null } stopped ? (TradingState.Halted, stopped.Text)
        : !engine.HasBegun ? (TradingState.Starting, null)
        : engine.Risk.Losses.Level == RiskLevel.Halted ? (TradingState.Halted, $"{engine.Risk.Losses.Why} reached its limit; an operator can reset it{(engine.Risk.Losses.Why == "daily-loss" ? ", or the UTC day changes" : "")}")
        : engine.Arming.WhyDisarmed is { } why ? (TradingState.Disarmed, engine.Reconciler.Awaits is { } awaited ? $"{Sentence(why)}; {awaited}" : Sentence(why))
        : (TradingState.Running, engine.Reconciler.Awaits);

    private static ArmingView? View(ArmingState arming) =>
        arming.IsRequired ? new ArmingView(arming.IsArmed, arming.WhyDisarmed, arming.UntilTime, arming.LossMax, arming.Loss) : null;

    private static string Sentence(string whyDisarmed) => whyDisarmed switch
    {
        "never-armed" => "dry run: nobody has armed this session",
        "operator" => "disarmed by an operator",
        "expired" => "the time it was armed for is over",
        "loss" => "plans have lost what they may",
        var other => other,
    };

    private EstimatesView Estimates(RouteEstimates estimates)
    {
        if (_estimates.Revision != estimates.Revision)
        {
            _estimates = (estimates.Revision, EstimatesView.Of(estimates));
        }

        return _estimates.View;
    }

    private static AnswerTimeView View(VenueId venue, AnswerTimes answers) => new(venue, answers.Nanos, answers.IsMeasured, answers.Count, AnswerTimes.AnswersMin);

    private BookView[] Books(Markets markets)
    {
        var books = new BookView[markets.Count];
        for (var number = 0; number < books.Length; number++)
        {
            var book = markets.Book(number);
            books[number] = number < _books.Length && IsSame(_books[number], book) ? _books[number] : View(book);
        }

        return _books = books;
    }

    private static bool IsSame(BookView view, OrderBook book) =>
        view.Updates == book.Updates && view.State == book.State && view.ChecksumFailures == book.ChecksumMismatches;

    private static BookView View(OrderBook book) => new(
        book.Instrument,
        book.State,
        book.ReceivedTime == 0 ? null : book.ReceivedTime,
        Top(book, BookSide.Bid),
        Top(book, BookSide.Ask),
        book.Updates,
        book.ChecksumMismatches);

    private static PriceLevel[] Top(OrderBook book, BookSide side)
    {
        var levels = book.Levels(side);
        var top = new PriceLevel[Math.Min(levels.Length, LevelsShown)];
        for (var i = 0; i < top.Length; i++)
        {
            top[i] = new PriceLevel(book.Instrument.Price(levels[i].PriceTicks), book.Instrument.Quantity(levels[i].QuantityLots));
        }

        return top;
    }

    private IEnumerable<BalanceView> Balances(Engine engine)
    {
        var reservations = engine.Treasury.Reservations;
        foreach (var holding in reservations.Holdings)
        {
            var total = reservations.Balance(holding);
            yield return new BalanceView(
                holding.Asset,
                holding.Venue,
                total,
                reservations.Reserved(holding),
                engine.Markets.TryPrice(holding.Asset, settings.ReportingAsset, out var price) ? total * price : null);
        }
    }

    /// <summary>The first leg of a way home has been traded by the plan that left something, and is none of its own.</summary>
    private static OpenPlanView View(Trading.Execution.OpenPlan plan) => new(
        plan.Number,
        plan.First is null ? plan.Planned.Cycle : plan.Planned.Cycle[(plan.Planned.Cycle.IndexOf('>', StringComparison.Ordinal) + 1)..],
        plan.Planned.Nodes[0],
        plan.Planned.Input,
        plan.First is null ? plan.Planned.ExpectedProfit : 0m,
        plan.OpenedTime,
        plan.LegsDone,
        plan.Planned.Legs.Length - (plan.First is null ? 0 : 1),
        plan.First);

    private static ResidualView View(Opening.Residual residual, Markets markets) => new(
        residual.Number, residual.Holding.Asset, residual.Holding.Venue, residual.Amount, residual.StartAsset, residual.Cost, residual.Mark,
        markets.TryPrice(residual.Holding.Asset, residual.StartAsset, out var price) ? residual.Amount * price : null,
        residual.Session, residual.Plan, residual.DeclaredTime);

    /// <summary>One whose pause is over stays open in the engine until somebody asks; to people it is half-open then.</summary>
    private static BreakerView View(BreakerScope scope, CircuitBreaker breaker, RiskLimits limits, long now)
    {
        var state = breaker.State == BreakerState.Open && now >= breaker.UntilNanos ? BreakerState.HalfOpen : breaker.State;
        return new BreakerView(
            scope.Text, state, breaker.TrippedBy, breaker.FailuresInRow, limits.BreakerFailuresMax,
            state == BreakerState.Open ? breaker.UntilNanos : null, breaker.PauseNanos);
    }
}
