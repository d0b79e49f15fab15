namespace Parallax.Storage.Queries;

/// <summary>One opportunity's life. <c>Sequence</c> is the journal's, of the record that opened it.</summary>
/// <param name="ClosedTime">Null while it lives; so are best net, best profit and why.</param>
/// <param name="Plan">The plan that was made of it; null when none was.</param>
/// <param name="Refusal">The last reason code it was refused for; null when it never was. Value and threshold are in that limit's unit.</param>
/// <param name="Input">Start asset of the last sizing; null when it was never sized.</param>
/// <param name="StartAsset">Of the last sizing; null when it was never sized, and where the journal does not say it.</param>
public sealed record OpportunityRow(
    long Sequence,
    int Session,
    long Number,
    string Cycle,
    decimal TopNetBps,
    long OpenedTime,
    long? ClosedTime,
    decimal? BestNetBps,
    decimal? BestProfit,
    string? Why,
    int? Plan,
    int Refusals,
    string? Refusal,
    decimal? RefusalValue,
    decimal? RefusalThreshold,
    decimal? Input,
    decimal? Profit,
    string? StartAsset);

/// <summary>An opportunity and a reason it was refused for. Value and threshold are in that limit's unit.</summary>
/// <param name="Input">Start asset; where the plan was refused before it was sized, what it was followed up with; zero without either.</param>
/// <param name="Profit">Start asset; zero when it was not sized.</param>
/// <param name="FollowedTime">When it was looked at for the last time; null before.</param>
/// <param name="After50">Start asset, what the plan would have made 50 ms later; null when a book was not live then. The others likewise.</param>
/// <param name="StartAsset">What the amounts are in; null where the journal does not say it.</param>
public sealed record RefusalRow(
    long Sequence,
    int Session,
    long Opportunity,
    string Cycle,
    string Reason,
    decimal Value,
    decimal Threshold,
    decimal Input,
    decimal Profit,
    long Time,
    long? FollowedTime,
    decimal? After50,
    decimal? After250,
    decimal? After1000,
    string? StartAsset);

/// <summary>A plan, with those that brought home what it left: realised, slippage and the time of its end are those of all of them.</summary>
/// <param name="Outcome"><c>completed</c>, <c>unwound</c>, <c>residual</c>, <c>missed</c>; null while it runs, as are closed time, realised and slippage.</param>
/// <param name="IsPartial">Whether an order of it filled something and left a rest that could have been an order.</param>
public sealed record PlanRow(
    long Sequence,
    int Session,
    int Plan,
    long Opportunity,
    string Cycle,
    string StartAsset,
    decimal Input,
    decimal GrossProfit,
    decimal Fees,
    decimal Rounding,
    decimal ExpectedProfit,
    long OpenedTime,
    long? ClosedTime,
    string? Outcome,
    decimal? Realised,
    decimal? Slippage,
    int? FirstSession,
    int? FirstPlan,
    bool IsPartial)
{
    public PlanKey Key => new(Session, Plan);

    /// <summary>The plan whose residual this one brings home and whose result it is part of; null for every other plan.</summary>
    public PlanKey? First => FirstSession is { } session && FirstPlan is { } plan ? new PlanKey(session, plan) : null;
}

/// <param name="Id">Client order id, <c>px…</c>.</param>
/// <param name="Purpose"><c>leg</c>, <c>requote</c>, <c>unwind</c>.</param>
/// <param name="State"><c>sent</c>, <c>accepted</c>, <c>partially-filled</c>, <c>filled</c>, <c>canceled</c>, <c>rejected</c>, <c>unknown</c>, <c>not-found</c>, <c>not-sent</c>.</param>
/// <param name="Quantity">In base.</param>
/// <param name="Reason">The venue's words when it refused; null otherwise.</param>
public sealed record OrderRow(
    long Sequence,
    string Id,
    int Session,
    int Plan,
    int Leg,
    string Purpose,
    string Venue,
    string Pair,
    string Side,
    decimal Quantity,
    decimal LimitPrice,
    string TimeInForce,
    string State,
    decimal Filled,
    long SentTime,
    long? DoneTime,
    string? Reason);

public sealed record FillRow(
    long Sequence, string OrderId, int Session, int Plan, string TradeId, string Pair, string Side, decimal Price, decimal Quantity, decimal Fee, string FeeAsset, long Time);

/// <param name="Reason">Why the transaction was posted: <c>deposit</c>, <c>fill</c>, …</param>
public sealed record PostingRow(long Sequence, int Line, int Session, int Plan, string Reason, string Account, string Asset, string Venue, decimal Amount, long Time);

public sealed record BalanceRow(int Session, string Asset, string Venue, decimal Amount);

/// <summary>What the page shows at the top.</summary>
/// <param name="Realised">Of closed plans, in the start asset.</param>
/// <param name="Wins">Closed plans that realised more than zero; <paramref name="Losses"/> less than zero. Win rate: wins of both.</param>
/// <param name="Gains">Sum over wins; <paramref name="LossSum"/>, zero or negative, over losses. Profit factor: gains against it.</param>
/// <param name="MeanDuration">Of closed plans, nanoseconds; null without one.</param>
/// <param name="Outcomes">Closed plans by outcome.</param>
/// <param name="Detected">Opportunities opened, of every start asset; the funnel begins here.</param>
/// <param name="Sized">Of those, sized with a profit.</param>
/// <param name="WithinRisk">Of those, approved: they became plans.</param>
/// <param name="Filled">Plans in which at least one order filled.</param>
/// <param name="Refusals">Opportunities by the reason they were refused for.</param>
public sealed record Figures(
    decimal Realised,
    int Plans,
    int Open,
    int Wins,
    int Losses,
    decimal Gains,
    decimal LossSum,
    long? MeanDuration,
    IReadOnlyDictionary<string, int> Outcomes,
    long Detected,
    long Sized,
    long WithinRisk,
    long Filled,
    IReadOnlyDictionary<string, long> Refusals)
{
    /// <summary>Null before a plan won or lost.</summary>
    public decimal? WinRate => Wins + Losses == 0 ? null : (decimal)Wins / (Wins + Losses);

    /// <summary>Null before a plan lost.</summary>
    public decimal? ProfitFactor => LossSum == 0m ? null : Gains / -LossSum;

    /// <summary>Completed of all closed plans; null before one closed.</summary>
    public decimal? CompletedShare => Plans - Open == 0 ? null : (decimal)Outcomes.GetValueOrDefault("completed") / (Plans - Open);
}

/// <param name="Realised">Of this plan; the curve is the running sum.</param>
public sealed record EquityPoint(long Time, int Session, int Plan, decimal Realised);

/// <param name="Minute">Its beginning.</param>
public sealed record MinuteCount(long Minute, int Opportunities, int Refused, int Plans);

/// <summary>What operators and the engine's own checks did: sessions, kills, resumes, halts.</summary>
public sealed record AuditRow(long Sequence, int Session, long Time, string Action, string Text);
