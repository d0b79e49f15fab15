using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Sizing;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Scores;

namespace Parallax.Trading.Engine.Opportunities;

/// <summary>What risk is shown of an opportunity: the books it stands on, the state of everything, and the proposal itself.</summary>
/// <remarks>Engine thread only. Allocates nothing.</remarks>
internal sealed class RiskView(
    RiskBook book, OpportunityScorer scorer, Markets markets, Reservations reservations, PlanExecutor executor, Func<bool> isKilled)
{
    private readonly LegBook[] _legs = new LegBook[ContinuousSizer.LegsMax];
    private int _count;

    private bool IsStopped => isKilled() || executor.HaltReason is not null;

    private ReadOnlySpan<LegBook> Legs => _legs.AsSpan(0, _count);

    /// <summary>Takes the books of a cycle as they are now. State and proposal are about them until the next look.</summary>
    public void LookAt(Cycle cycle)
    {
        _count = cycle.Length;
        for (var i = 0; i < _count; i++)
        {
            var number = (ushort)cycle.Legs[i].Instrument;
            var leg = markets.Book(number);
            _legs[i] = new LegBook(number, leg.ReceivedTime, leg.VenueTime, IsSound(leg));
        }
    }

    /// <param name="start">Where the plan's money comes from.</param>
    public RiskState StateOf(OpportunityLife life, Holding start) => book.StateOf(
        Legs,
        start,
        life.Number,
        IsStopped,
        executor.OpenCount,
        reservations.Balance(start),
        reservations.Available(start));

    /// <summary>The state once more in the same moment, after the plan's money was set aside: what a reservation, a stop or a halt changes is read again.</summary>
    /// <remarks>The rest follows from the input being handled and from nothing else, so it cannot have changed.</remarks>
    public RiskState Again(in RiskState state, Holding start) => state with
    {
        IsKilled = IsStopped,
        OpenPlans = executor.OpenCount,
        Level = book.Losses.Level,
        Balance = reservations.Balance(start),
        Available = reservations.Available(start),
    };

    /// <param name="price">Reporting currency per unit of the start asset.</param>
    public Proposal Propose(OpportunityLife life, Cycle cycle, in RiskState state, decimal price, decimal input, decimal profit, decimal edgeBps)
    {
        var (confidence, risk) = scorer.Score(Legs, state, edgeBps, life.Route, book.AnswerNanos(Legs));
        return new Proposal
        {
            StartAsset = cycle.Start,
            InputAmount = input,
            StartAssetPrice = price,
            NetProfit = profit,
            NetEdgeBps = edgeBps,
            Legs = Legs,
            Confidence = confidence,
            RiskScore = risk,
            SlippageBps = decimal.Max(0m, life.LastNetBps - edgeBps),
            NewOrders = cycle.Length,
        };
    }

    private static bool IsSound(OrderBook book) =>
        book.State == BookState.Live
        && !(book.TryGetBest(BookSide.Bid, out var bid) && book.TryGetBest(BookSide.Ask, out var ask) && bid.PriceTicks >= ask.PriceTicks);
}
