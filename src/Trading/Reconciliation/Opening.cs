using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Reconciliation;

/// <summary>One thing that the sessions before left open: what a fold of their journal found. An input record (kind 70).</summary>
/// <remarks>
/// They stand at the beginning of a session's tape, so that a replay needs no older journal. An operator's kill that holds is a kill
/// record beside them. Prices and quantities are amounts, not ticks and lots: a venue may change its grid between two sessions.
/// Layout: docs/concepts/records.md.
/// </remarks>
public abstract partial record Opening
{
    public const byte RecordKind = RecordKinds.InputFirst + 6;

    private Opening()
    {
    }

    /// <summary>What was owned.</summary>
    public sealed record Balance(Holding Holding, decimal Amount) : Opening;

    /// <summary>A plan that had not ended.</summary>
    /// <param name="Session">The last session that ran it.</param>
    /// <param name="Number">Its number there.</param>
    /// <param name="Planned">As it was sized; its opportunity is one of the session that opened it.</param>
    /// <param name="OpenedTime">UTC nanoseconds.</param>
    /// <param name="IsUnwinding">Part of its money was on another way home than planned.</param>
    /// <param name="Nodes">What was tried with the money at each node; as many as the plan has legs.</param>
    /// <param name="Changes">What it has done to our holdings.</param>
    /// <param name="Policy">How its legs are sent; <see langword="null"/> for a sequential plan of which nothing was estimated.</param>
    /// <param name="TakesHome">The residual it takes home; <see langword="null"/> for every other plan.</param>
    public sealed record RunningPlan(
        int Session,
        int Number,
        PlanLeft Planned,
        long OpenedTime,
        bool IsUnwinding,
        IReadOnlyList<NodeLeft> Nodes,
        IReadOnlyList<HoldingChange> Changes,
        PolicyLeft? Policy,
        Residual? TakesHome = null) : Opening;

    /// <summary>An order whose end is not known, or one that traded so lately that the venue may tell of it again.</summary>
    /// <param name="Plan">Number of its plan in the last session; zero when that has ended.</param>
    /// <param name="Node">The node whose money it spends.</param>
    /// <param name="Quantity">Base.</param>
    /// <param name="Limit">Quote per base.</param>
    /// <param name="HasEnded">The venue said that nothing more will trade.</param>
    /// <param name="Trades">Those that are booked.</param>
    public sealed record Order(
        ClientOrderId Id,
        int Plan,
        byte Node,
        OrderPurpose Purpose,
        InstrumentId Instrument,
        Side Side,
        decimal Quantity,
        decimal Limit,
        bool HasEnded,
        IReadOnlyList<TradeLeft> Trades) : Opening;

    /// <summary>Something that plans left behind and that is not worked off yet.</summary>
    /// <param name="Number">Its own among those that are listed; once none is, numbers begin at 1 again in the next session.</param>
    /// <param name="StartAsset">What the plan began with, and what cost and mark are in.</param>
    /// <param name="Cost">What it has cost so far; below zero only for what is missing: what it was sold for.</param>
    /// <param name="Session">Of the plan whose result it belongs to; its number there is <paramref name="Plan"/>.</param>
    /// <param name="DeclaredTime">UTC nanoseconds.</param>
    public sealed record Residual(
        int Number, Holding Holding, decimal Amount, Asset StartAsset, decimal Cost, decimal? Mark, int Session, int Plan, long DeclaredTime) : Opening
    {
        public PlanName First => new(Session, Plan);
    }

    /// <summary>How far a venue's trades and transfers are known.</summary>
    /// <param name="Time">Venue's clock, UTC nanoseconds.</param>
    public sealed record Known(VenueId Venue, long Time) : Opening;

    /// <summary>A foreign trade or a transfer that is booked and may be told again.</summary>
    /// <param name="Time">When it was booked, UTC nanoseconds.</param>
    public sealed record Booked(VenueId Venue, string Reference, long Time) : Opening;

    /// <summary>A trade of ours that its venue may still restate.</summary>
    public sealed record Trade(BookedTrade Entry) : Opening;

    /// <summary>What a plan came to that has ended, while a trade of it may still be restated.</summary>
    /// <param name="Session">In which it ended, under <paramref name="Number"/>.</param>
    /// <param name="Realised">Start asset, all restatements included.</param>
    public sealed record EndedPlan(int Session, int Number, Asset StartAsset, decimal Realised) : Opening;

    /// <summary>From when on every trade of ours is among the items.</summary>
    /// <param name="SinceTime">UTC nanoseconds.</param>
    public sealed record HistoryKept(long SinceTime) : Opening;

    /// <summary>What own attempts have taught about a route.</summary>
    /// <param name="Name">The cycle's name.</param>
    /// <param name="Attempts">Plans that were sent.</param>
    /// <param name="Fills">Those of which every leg filled as planned.</param>
    /// <param name="FailureCostBps">Sum over the others of what coming home cost, bps of what they spent.</param>
    public sealed record Route(string Name, int Attempts, int Fills, decimal FailureCostBps) : Opening;

    /// <summary>What simulated attempts have taught about a route: where estimates begin before there are own ones. Not of a session before; read anew at each start.</summary>
    public sealed record Practice(Route Learned) : Opening;
}

/// <summary>A plan's sizing with its markets by name.</summary>
public sealed record PlanLeft(
    long Opportunity,
    string Cycle,
    IReadOnlyList<LegLeft> Legs,
    decimal Input,
    decimal GrossProfit,
    decimal Fees,
    decimal Rounding,
    decimal ExpectedProfit);

/// <param name="Quantity">Base.</param>
/// <param name="Limit">Quote per base.</param>
public readonly record struct LegLeft(InstrumentId Instrument, Side Side, decimal Quantity, decimal Limit)
{
    public Asset Spent => Side == Side.Buy ? Instrument.Quote : Instrument.Base;
}

/// <param name="Misses">Orders spending this node's money that did not fill.</param>
/// <param name="Filled">What the last order that spent it was for, when that filled whole.</param>
public readonly record struct NodeLeft(int Misses, OrderPurpose? Filled);

/// <summary>How a plan's legs are sent, and how far that has come.</summary>
/// <param name="LegInputs">What was set aside for each leg, in its own asset.</param>
/// <param name="FirstLeg">The leg of its first order: with a hybrid plan the thinnest.</param>
/// <param name="FirstFilled">What that order had filled while it was the only one; base.</param>
/// <param name="OrdersSent">By all sessions that ran it.</param>
public sealed record PolicyLeft(PolicyEstimate Estimate, IReadOnlyList<decimal> LegInputs, byte FirstLeg, decimal FirstFilled, int OrdersSent);

/// <param name="Amount">Positive is more of it.</param>
public readonly record struct HoldingChange(Holding Holding, decimal Amount);

/// <param name="Quantity">Base.</param>
public readonly record struct TradeLeft(ulong TradeId, decimal Quantity);
