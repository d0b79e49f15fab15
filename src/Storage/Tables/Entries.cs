namespace Parallax.Storage.Tables;

// One record a table: a parameter is a column, in this order. What people are shown is in Queries/Rows.cs; where the two are the same,
// that one is the row. docs/concepts/store.md says what the columns mean.

internal sealed record PositionEntry(int Id, int Segment, long ByteOffset, long BlockStart, long Sequence, long Time, int Session, string SealHash, string Hash);

internal sealed record SessionEntry(
    int Number, long Sequence, string Mode, string Settings, long StartedTime, long? EndedTime, long? Records, long? Opportunities, int? Plans);

internal sealed record InstrumentEntry(
    long Sequence, int Number, string Venue, string Pair, string Symbol, string Base, string Quote, decimal TickSize, decimal LotSize, decimal QuantityMin);

/// <param name="IsSized">It was sized with a profit at least once.</param>
/// <param name="IsFilled">An order of its plan filled, at least in part.</param>
/// <param name="StartAsset">What the last sizing is in; null when it was never sized, and where the journal does not say it.</param>
internal sealed record OpportunityEntry(
    int Session,
    long Number,
    long Sequence,
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
    bool IsSized,
    bool IsFilled,
    string? StartAsset);

/// <param name="OpenedTime">Of the opportunity, so that refusals can be counted with it.</param>
/// <param name="StartAsset">What input and profit are in; null where the journal does not say it.</param>
internal sealed record RefusalEntry(
    long Sequence, int Session, long Opportunity, long OpenedTime, string Reason, decimal Value, decimal Threshold, decimal Input, decimal Profit, long Time,
    string? StartAsset);

/// <summary>What a refused plan would have made later.</summary>
/// <param name="Input">Start asset.</param>
/// <param name="After50">Start asset, 50 ms after the refusal; null when a book was not live then. The others likewise.</param>
/// <param name="Time">Of the last look.</param>
internal sealed record FollowUpEntry(
    long Sequence, int Session, long Opportunity, string Reason, decimal Input, decimal? After50, decimal? After250, decimal? After1000, long Time);

/// <param name="FirstSession">Of the plan whose residual this one brings home and whose result it is part of, as <paramref name="FirstPlan"/>; null for every other plan.</param>
internal sealed record PlanEntry(
    int Session,
    int Plan,
    long Sequence,
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
    int? FirstPlan);

/// <param name="IsPartial">It has filled something, and left a rest that could have been an order: what lots and fees cut off a limit is none.</param>
internal sealed record OrderEntry(
    string Id,
    long Sequence,
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
    bool IsPartial,
    long SentTime,
    long? DoneTime,
    string? Reason);

internal sealed record FillEntry(
    string OrderId, string TradeId, long Sequence, int Session, int Plan, string Pair, string Side, decimal Price, decimal Quantity, decimal Fee, string FeeAsset, long Time);

/// <param name="Amount">Exact, any number of digits; as in every running sum below.</param>
internal sealed record BalanceEntry(int Session, string Asset, string Venue, string Amount);

/// <param name="Realised">Of all closed plans of the session that started from the asset.</param>
internal sealed record ProfitEntry(int Session, string Asset, string Realised);

/// <summary>The balance at the end of a minute of journal time in which it changed; the one before holds until then.</summary>
internal sealed record BalanceSnapshotEntry(int Session, long Minute, string Asset, string Venue, string Amount);

/// <summary>The equity, as profit realised so far, at the end of a minute of journal time in which a plan closed.</summary>
internal sealed record ProfitSnapshotEntry(int Session, long Minute, string Asset, string Realised);

/// <summary>By the minute in which the opportunity, or the plan, was opened.</summary>
internal sealed record ActivityEntry(long Minute, int Opportunities, int Refused, int Plans);

/// <summary>How far the opportunities that were opened in an hour got.</summary>
internal sealed record FunnelEntry(long Hour, long Detected, long Sized, long WithinRisk, long Filled);

internal sealed record RefusalHourEntry(long Hour, string Reason, long Opportunities);

/// <summary>Plans that were closed in an hour.</summary>
/// <param name="Duration">Nanoseconds, of all of them together.</param>
internal sealed record OutcomeEntry(
    long Hour, string StartAsset, string Outcome, int Plans, int Wins, int Losses, string Gains, string LossSum, string Realised, long Duration);
