using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk.Breakers;
using Parallax.Trading.Risk.Exposure;
using Parallax.Trading.Risk.Guards;
using Parallax.Trading.Risk.Losses;
using Parallax.Trading.Risk.Pace;
using Parallax.Trading.Risk.Scores;

namespace Parallax.Trading.Risk;

/// <summary>Everything risk knows besides the proposal: losses, breakers, guards, exposure and pace, fed by the engine, read by the chain.</summary>
/// <remarks>
/// Engine thread only. A function of what the engine is told, so that a replay comes to the same. Between two samples, one a second of
/// engine time, a book record costs one comparison.
/// </remarks>
public sealed partial class RiskBook
{
    /// <summary>The only strategy so far.</summary>
    public const string Strategy = "cycles";

    private static readonly BreakerScope OfStrategy = BreakerScope.OfStrategy(Strategy);

    private const long SampleNanos = UtcNanos.PerSecond;

    /// <summary>After a longer silence nothing is made up for it.</summary>
    private const long SilenceNanosMax = 60 * UtcNanos.PerSecond;

    private const int OpportunitiesRemembered = 256;

    /// <summary>The route of a plan that another session chose: no watched way's history.</summary>
    private const int TakenOver = -1;

    private RiskLimits _limits;
    private readonly Markets _markets;
    private readonly Treasury _treasury;
    private readonly DecisionWriter _journal;
    private readonly Asset _reporting;
    private readonly Func<Asset, decimal?> _price;
    private readonly Dictionary<int, OpenRisk> _open = [];
    private readonly HashSet<ClientOrderId> _failed = [];
    private readonly Probes _probes;
    private readonly long[] _seen = new long[OpportunitiesRemembered];
    private long _nextSample = long.MaxValue;
    private bool _hasEquity;
    private int _seenCount;

    /// <param name="reporting">What losses and exposure are counted in.</param>
    public RiskBook(RiskLimits limits, Asset reporting, Markets markets, Treasury treasury, DecisionWriter journal)
    {
        (_limits, _reporting, _markets, _treasury, _journal) = (limits, reporting, markets, treasury, journal);
        Losses = new LossBook(LossTerms.Of(limits), 0m);
        Breakers = new BreakerBoard(BreakerTerms.Of(limits), (scope, breaker) =>
            journal.Write(new BreakerChanged(scope.Text, breaker.State, breaker.TrippedBy, breaker.UntilNanos, breaker.PauseNanos)));
        _probes = new Probes(Breakers);
        Guards = new MarketGuards(limits, markets);
        _price = asset => markets.TryPrice(asset, reporting, out var price) ? price : null;
    }

    public LossBook Losses { get; }

    public BreakerBoard Breakers { get; }

    public MarketGuards Guards { get; }

    public ExposureBook Exposure { get; } = new();

    public OrderPace Pace { get; } = new();

    public RouteHistory Routes { get; } = new();

    public RiskLimits Limits => _limits;

    /// <summary>Other limits hold from now on; what was counted, tripped or halted before stays so.</summary>
    public void Change(RiskLimits limits)
    {
        _limits = limits;
        Losses.Change(LossTerms.Of(limits));
        Breakers.Change(BreakerTerms.Of(limits));
        Guards.Change(limits);
    }

    public Asset ReportingAsset => _reporting;

    /// <summary>The markets are defined and trading begins.</summary>
    public void Begin(long now)
    {
        BeginVenues();
        _ = (Breakers[BreakerScope.Global], Breakers[OfStrategy]);
        Guards.Begin();
        Guards.Sample(now);
        _nextSample = now + SampleNanos;
    }

    /// <summary>Brings back what an earlier session left, before <see cref="Begin"/>.</summary>
    public void Restore(RiskMemory memory)
    {
        if (memory.Losses is { } losses)
        {
            Losses.Restore(losses);
            _hasEquity = true;
        }

        foreach (var breaker in memory.Breakers)
        {
            Breakers[new BreakerScope(breaker.Scope)].Restore(breaker.State, breaker.UntilNanos, breaker.PauseNanos, breaker.Why);
        }

        foreach (var residual in memory.Residuals)
        {
            Exposure.Leave(residual.Asset, residual.Amount, residual.Cost);
        }
    }

    /// <summary>Time has come to <paramref name="now"/>: takes the samples that were due before it.</summary>
    public void OnTime(long now)
    {
        if (now >= _nextSample)
        {
            Sample(now);
        }
    }

    public void OnCommand(in BreakerCommand command)
    {
        if (command.IsTrip)
        {
            Breakers.Trip(new BreakerScope(command.Scope), _journal.Now, "manual");
        }
        else
        {
            Breakers.Reset(new BreakerScope(command.Scope));
        }
    }

    /// <summary>An operator accepts the losses so far.</summary>
    public void Reset() => Watched(() => Losses.Reset(_journal.Now));

    /// <summary>A plan was approved and opens: from now on it is exposure, and the probe of a breaker that was half-open.</summary>
    /// <param name="price">Reporting currency per unit of the start asset.</param>
    /// <param name="route">Which of the watched ways it takes, for its history.</param>
    public void OnPlanOpened(int plan, CyclePlan planned, decimal price, int route)
    {
        var now = _journal.Now;
        var open = new OpenRisk(planned, price, planned.Input * price, route);
        _open.Add(plan, open);
        Count(open, 1);
        Pace.Spent(now, open.Notional);
        _seen[_seenCount++ % OpportunitiesRemembered] = planned.Opportunity;
        _probes.Open(plan, BreakerScope.Global, now);
        _probes.Open(plan, OfStrategy, now);
        _probes.Open(plan, Steadiness(planned.Venue).Breaker, now);
    }

    /// <summary>A plan of an earlier session goes on in this one: it is exposure as well; a start asset that no market values yet counts as nothing.</summary>
    public void OnPlanTakenOver(int plan, CyclePlan planned)
    {
        var price = _price(planned.Nodes[0]) ?? 0m;
        var open = new OpenRisk(planned, price, planned.Input * price, TakenOver);
        _open.Add(plan, open);
        Count(open, 1);
    }

    /// <summary>An order leaves.</summary>
    public void OnOrderSent(ClientOrderId id, ushort instrument)
    {
        Pace.Sent(_journal.Now);
        _venueOf[instrument].Answers.Sent(id, _journal.Now);
    }

    /// <summary>A venue told something of an order. One failure an order: rejected, not answered in time, filled beyond its limit.</summary>
    /// <param name="plan">That the order is of.</param>
    /// <param name="state">After the event.</param>
    /// <param name="isBeyondLimit">It filled at a price worse than its limit.</param>
    public void OnOrder(int plan, in OrderEvent told, OrderState state, bool isBeyondLimit)
    {
        _venueOf[told.Instrument].Answers.Told(told.Id, told.Type, _journal.Now);
        if (told.Type is OrderEventType.Rejected or OrderEventType.OutcomeUnknown || isBeyondLimit)
        {
            if (_failed.Add(told.Id))
            {
                Report(plan, _venueOf[told.Instrument], isFailure: true);
            }
        }
        else if (state is OrderState.Filled or OrderState.Canceled && !_failed.Contains(told.Id) && told.Type is OrderEventType.Filled or OrderEventType.Canceled)
        {
            // What came back unfilled was answered all the same; it counts as a miss of the route, not as a fault of the venue.
            Report(plan, _venueOf[told.Instrument], isFailure: false);
        }

        if (state.IsFinal())
        {
            _failed.Remove(told.Id);
        }
    }

    /// <summary>A plan is over.</summary>
    /// <param name="realised">In its start asset; what it left counts there as nothing.</param>
    /// <returns>What it came to, reporting currency, with what it left at its worth of now.</returns>
    public decimal OnPlanClosed(int plan, PlanOutcome outcome, Asset startAsset, decimal realised, ReadOnlySpan<Remainder> remainders)
    {
        _probes.End(plan);
        // A plan that an earlier session opened is closed here all the same, and its loss counts.
        var price = _price(startAsset) ?? 0m;
        if (_open.Remove(plan, out var open))
        {
            Count(open, -1);
            Routes.End(open.Route, isFilled: outcome == PlanOutcome.Completed);
            price = price > 0m ? price : open.Price;
        }

        var profit = realised * price;
        foreach (ref readonly var remainder in remainders)
        {
            // What is missing is lost, however little of it there is: a fee in another asset than the plan's.
            profit += !remainder.IsDust ? Leave(remainder, price) : decimal.Min(0m, remainder.MarkInStart ?? 0m) * price;
        }

        if (outcome == PlanOutcome.Missed)
        {
            return 0m;
        }

        // Where the first thing that happens is the end of an earlier session's plan: against nothing, any loss would be all there is.
        LearnEquity(booked: profit);
        // What left something behind is won or lost once that has come to something; what it is worth less by now counts at once.
        Watched(() => Losses.Book(_journal.Now, profit, isFinal: outcome != PlanOutcome.Residual));
        _journal.Write(new LossRecorded(plan, profit, Losses.Memory(_journal.Now)));
        if (-profit >= _limits.PlanLossMax)
        {
            Breakers.Trip(OfStrategy, _journal.Now, "plan-loss");
        }

        return profit;
    }

    private void Sample(long now)
    {
        if (now - _nextSample > SilenceNanosMax)
        {
            Guards.Skip();
            _nextSample = now;
        }

        for (; _nextSample <= now; _nextSample += SampleNanos)
        {
            Guards.Sample(_nextSample);
        }

        Exposure.Mark(_price);
        var (before, why) = (Losses.Level, Losses.Why);
        Losses.Mark(now, Exposure.Unrealised);
        Tell(before, why);
    }

    private void Watched(Action act)
    {
        var (before, why) = (Losses.Level, Losses.Why);
        act();
        Tell(before, why);
    }

    private void Tell(RiskLevel before, string why)
    {
        if (before != Losses.Level || (why != Losses.Why && Losses.Level == RiskLevel.Halted))
        {
            _journal.Write(new RiskLevelChanged(before, Losses.Level, Losses.Why, Losses.Memory(_journal.Now)));
        }
    }

    private void Count(in OpenRisk open, int sign)
    {
        var planned = open.Planned;
        Span<ushort> markets = stackalloc ushort[planned.Legs.Length];
        for (var leg = 0; leg < markets.Length; leg++)
        {
            markets[leg] = planned.Legs[leg].Instrument;
        }

        Exposure.Count(planned.Nodes.AsSpan(1), markets, planned.Venue, open.Notional, sign);
    }

    /// <summary>What everything is worth when the first opportunity is looked at; what no market values counts as nothing.</summary>
    /// <param name="booked">What of it is a profit that is about to be counted.</param>
    private void LearnEquity(decimal booked = 0m)
    {
        if (!_hasEquity)
        {
            _hasEquity = true;
            var equity = 0m;
            foreach (var holding in _treasury.Reservations.Holdings)
            {
                equity += _treasury.Reservations.Balance(holding) * (_price(holding.Asset) ?? 0m);
            }

            Losses.Base(equity - booked);
        }
    }

    /// <summary>What an open plan counts with.</summary>
    private readonly record struct OpenRisk(CyclePlan Planned, decimal Price, decimal Notional, int Route);
}
