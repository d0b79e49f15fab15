using Parallax.Domain;
using Parallax.Storage.Queries;

namespace Parallax.Dashboard.Api.Answers;

// These repeat the rows of Storage/Queries on purpose. A row follows the tables and may change with a migration; an answer is a promise to
// programs outside, with its own names, times as text and documented units. Each Of() is where a change of one must be thought about for the other.

/// <summary>A page of rows, newest first.</summary>
/// <param name="NextBefore">Pass it as before to get the next page; null when this was the last.</param>
public sealed record PageAnswer<T>(IReadOnlyList<T> Items, long? NextBefore)
{
    internal static PageAnswer<T> Of<TRow>(IReadOnlyList<TRow> rows, int limit, Func<TRow, T> describe, Func<TRow, long> sequence) =>
        new([.. rows.Select(describe)], rows.Count == limit ? sequence(rows[^1]) : null);
}

/// <summary>A list that is not paged.</summary>
public sealed record ItemsAnswer<T>(IReadOnlyList<T> Items);

/// <summary>A cycle that began to pay at the top of the books, fees included.</summary>
/// <param name="Sequence">Of the journal record that opened it; the key for paging.</param>
/// <param name="TopNetBps">Edge after fees at the best prices when it opened, bps.</param>
/// <param name="Closed">Null while it lives; so are best net, best profit and why.</param>
/// <param name="BestNetBps">Highest edge after fees at the best prices in its life, bps.</param>
/// <param name="BestProfit">Highest profit it was sized to, start asset.</param>
/// <param name="Why">Why it ended: edge-gone, book-lost, session-ended.</param>
/// <param name="Plan">The plan that was made of it, session and number; null when none was.</param>
/// <param name="Refusal">The last reason code it was refused for; null when it never was.</param>
/// <param name="RefusalValue">What was found, in that limit's unit.</param>
/// <param name="RefusalThreshold">What is allowed, in that limit's unit.</param>
/// <param name="Input">Start asset of the last sizing; null when it was never sized.</param>
/// <param name="Profit">Start asset of the last sizing; null when it was never sized.</param>
/// <param name="StartAsset">Of the last sizing, which need not be the first of the cycle's name; null when it was never sized, and where the journal does not say it.</param>
public sealed record OpportunityAnswer(
    long Sequence,
    int Session,
    long Number,
    string Cycle,
    decimal TopNetBps,
    UtcNanos Opened,
    UtcNanos? Closed,
    decimal? BestNetBps,
    decimal? BestProfit,
    string? Why,
    string? Plan,
    int Refusals,
    string? Refusal,
    decimal? RefusalValue,
    decimal? RefusalThreshold,
    decimal? Input,
    decimal? Profit,
    string? StartAsset)
{
    internal static OpportunityAnswer Of(OpportunityRow row) => new(
        row.Sequence,
        row.Session,
        row.Number,
        row.Cycle,
        row.TopNetBps,
        new UtcNanos(row.OpenedTime),
        row.ClosedTime is { } closed ? new UtcNanos(closed) : null,
        row.BestNetBps,
        row.BestProfit,
        row.Why,
        row.Plan is { } plan ? new PlanKey(row.Session, plan).ToString() : null,
        row.Refusals,
        row.Refusal,
        row.RefusalValue,
        row.RefusalThreshold,
        row.Input,
        row.Profit,
        row.StartAsset);
}

/// <summary>
/// A cycle that was approved and traded, with the plans that brought home what it left: closed, outcome, realised and slippage are those of all of them.
/// Gross, fees, rounding and slippage sum to realised exactly; all in the start asset.
/// </summary>
/// <param name="Id">Session and number: 3-17.</param>
/// <param name="Sequence">Of the journal record that opened it; the key for paging.</param>
/// <param name="Opportunity">Number of the opportunity it was made of, in the same session.</param>
/// <param name="Input">What the sized plan spends.</param>
/// <param name="GrossProfit">What the same input would earn on the same levels without fees and lots.</param>
/// <param name="Fees">What fees take from that; zero or negative.</param>
/// <param name="Rounding">What lots, ticks and fee rounding take after that.</param>
/// <param name="ExpectedProfit">The three above added up.</param>
/// <param name="Outcome">completed, unwound, residual or missed; null while it runs, as are closed, realised and slippage.</param>
/// <param name="Slippage">Realised minus expected; negative is worse.</param>
/// <param name="IsPartial">Whether an order of it filled something and left a rest that could have been an order.</param>
/// <param name="First">The plan whose residual it brings home and whose result it is part of; null for every plan that is listed.</param>
public sealed record PlanAnswer(
    string Id,
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
    UtcNanos Opened,
    UtcNanos? Closed,
    string? Outcome,
    decimal? Realised,
    decimal? Slippage,
    bool IsPartial,
    string? First)
{
    internal static PlanAnswer Of(PlanRow row) => new(
        row.Key.ToString(),
        row.Sequence,
        row.Session,
        row.Plan,
        row.Opportunity,
        row.Cycle,
        row.StartAsset,
        row.Input,
        row.GrossProfit,
        row.Fees,
        row.Rounding,
        row.ExpectedProfit,
        new UtcNanos(row.OpenedTime),
        row.ClosedTime is { } closed ? new UtcNanos(closed) : null,
        row.Outcome,
        row.Realised,
        row.Slippage,
        row.IsPartial,
        row.First?.ToString());
}

/// <summary>One plan with everything that happened in it, each list oldest first.</summary>
public sealed record PlanDetailAnswer(PlanAnswer Plan, IReadOnlyList<OrderAnswer> Orders, IReadOnlyList<FillAnswer> Fills, IReadOnlyList<PostingAnswer> Postings);

/// <param name="Id">Client order id.</param>
/// <param name="Leg">From 0.</param>
/// <param name="Purpose">leg, requote or unwind.</param>
/// <param name="Quantity">In base.</param>
/// <param name="LimitPrice">Quote per base.</param>
/// <param name="State">sent, accepted, partially-filled, filled, canceled, rejected, unknown, not-found or not-sent.</param>
/// <param name="Filled">In base.</param>
/// <param name="Reason">The venue's words when it refused; null otherwise.</param>
public sealed record OrderAnswer(
    string Id,
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
    UtcNanos Sent,
    UtcNanos? Done,
    string? Reason)
{
    internal static OrderAnswer Of(OrderRow row) => new(
        row.Id,
        row.Leg,
        row.Purpose,
        row.Venue,
        row.Pair,
        row.Side,
        row.Quantity,
        row.LimitPrice,
        row.TimeInForce,
        row.State,
        row.Filled,
        new UtcNanos(row.SentTime),
        row.DoneTime is { } done ? new UtcNanos(done) : null,
        row.Reason);
}

/// <param name="Price">Quote per base.</param>
/// <param name="Quantity">In base.</param>
/// <param name="Fee">In the fee asset; negative is a rebate.</param>
public sealed record FillAnswer(string OrderId, string TradeId, string Pair, string Side, decimal Price, decimal Quantity, decimal Fee, string FeeAsset, UtcNanos Time)
{
    internal static FillAnswer Of(FillRow row) => new(row.OrderId, row.TradeId, row.Pair, row.Side, row.Price, row.Quantity, row.Fee, row.FeeAsset, new UtcNanos(row.Time));
}

/// <summary>One line of a ledger transaction; the lines of a transaction sum to zero per asset.</summary>
/// <param name="Sequence">Of the journal record: lines with the same one are one transaction.</param>
/// <param name="Reason">Why it was posted: fill, deposit, …</param>
/// <param name="Amount">Change of the account, in the asset.</param>
public sealed record PostingAnswer(long Sequence, string Reason, string Account, string Asset, string Venue, decimal Amount, UtcNanos Time)
{
    internal static PostingAnswer Of(PostingRow row) => new(row.Sequence, row.Reason, row.Account, row.Asset, row.Venue, row.Amount, new UtcNanos(row.Time));
}

/// <summary>A reason for which an opportunity was not taken, and what its plan would have made a while later. Amounts in the start asset.</summary>
/// <param name="Sequence">Of the journal record that refused it.</param>
/// <param name="Reason">A stable code.</param>
/// <param name="Value">What was found, in that limit's unit.</param>
/// <param name="Threshold">What is allowed, in that limit's unit.</param>
/// <param name="Input">Where the plan was refused before it was sized, what it was followed up with; zero without either.</param>
/// <param name="Profit">Expected then; zero when it was not sized.</param>
/// <param name="Followed">When it was looked at for the last time; null before, as are the looks.</param>
/// <param name="WouldHaveMade">By milliseconds after the refusal; an amount is null when a book was not live then.</param>
/// <param name="StartAsset">What the amounts are in, which need not be the first of the cycle's name; null where the journal does not say it.</param>
public sealed record RefusalAnswer(
    long Sequence,
    int Session,
    long Opportunity,
    string Cycle,
    string Reason,
    decimal Value,
    decimal Threshold,
    decimal Input,
    decimal Profit,
    UtcNanos Time,
    UtcNanos? Followed,
    IReadOnlyList<FollowUpAnswer>? WouldHaveMade,
    string? StartAsset)
{
    internal static RefusalAnswer Of(RefusalRow row) => new(
        row.Sequence,
        row.Session,
        row.Opportunity,
        row.Cycle,
        row.Reason,
        row.Value,
        row.Threshold,
        row.Input,
        row.Profit,
        new UtcNanos(row.Time),
        row.FollowedTime is { } followed ? new UtcNanos(followed) : null,
        row.FollowedTime is null ? null : [new(50, row.After50), new(250, row.After250), new(1_000, row.After1000)],
        row.StartAsset);
}

/// <param name="Profit">Null when a book was not live then, or no order could have been made.</param>
public sealed record FollowUpAnswer(int AfterMilliseconds, decimal? Profit);
