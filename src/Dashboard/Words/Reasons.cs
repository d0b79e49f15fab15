using Parallax.Domain;
using Parallax.Reporting.Funnel;
using Parallax.Trading.Decisions;

namespace Parallax.Dashboard.Words;

/// <summary>Why an opportunity was not taken, in a few words for the chip and in sentences for whoever presses it.</summary>
/// <param name="Label">Two or three words.</param>
/// <param name="Text">What was found, what was allowed, and what that protects from.</param>
public sealed record Reason(string Label, string Text);

public static class Reasons
{
    /// <summary>A refusal with its numbers and, where it was looked at again, what its plan would have made.</summary>
    public static Reason OfMiss(RefusedMiss miss)
    {
        var reason = OfRefusal(miss.Reason, miss.Value, miss.Threshold);
        return miss.Looks.Count == 0 ? reason : reason with
        {
            Text = $"{reason.Text} The same plan with {Show.Amount(miss.Input, miss.Start)} {miss.Start} would have made "
                + $"{OfLooks(miss.Looks)}.",
        };
    }

    /// <summary><c>+0.34 after 50 ms, no price after 250 ms, …</c></summary>
    public static string OfLooks(IEnumerable<FollowUp> looks) =>
        string.Join(", ", looks.Select(look => $"{OfLook(look)} after {Show.Duration(look.AfterMillis * UtcNanos.PerMillisecond)}"));

    /// <summary>What a plan would have made, or that no book said.</summary>
    public static string OfLook(FollowUp look) => look.Profit is { } profit ? Show.Signed(profit) : "no price";

    /// <param name="code">A refusal's stable code.</param>
    /// <param name="value">What was found, in the limit's unit.</param>
    /// <param name="threshold">What the limit allows.</param>
    public static Reason OfRefusal(string code, decimal value, decimal threshold)
    {
        var (found, allowed) = (Decimals.Plain(decimal.Round(value, 4)), Decimals.Plain(decimal.Round(threshold, 4)));
        return code switch
        {
            "kill" => new("stopped", "Trading is stopped: by an operator, or by the engine's own check. No plan is opened until it is resumed."),
            "book-age" => new("book too old", $"A book of this cycle was last updated {found} ms ago; at most {allowed} ms are allowed. Its prices may be gone already."),
            "leg-coherence" => new("books apart", $"The books of this cycle were updated {found} ms apart; at most {allowed} ms are allowed. They may show different moments."),
            "clock-skew" => new("clock skew", $"The venue's clock and ours differ by {found} ms on a book of this cycle; at most {allowed} ms are allowed."),
            "net-edge" => new("edge too small", $"After fees and rounding {found} bps are left; at least {allowed} bps are asked for."),
            "open-plans" => new("enough open plans", $"One more plan would make {found}; at most {allowed} may be open at once."),
            "notional" => new("over the size cap", $"What the cap on a plan's size leaves ({found}) is below the smallest plan worth making ({allowed})."),
            "notional-min" => new("too small", $"The books would take {found} in the reporting currency; a plan is at least {allowed}."),
            "balance" => new("no balance", $"Available is {found} in the reporting currency; the smallest plan needs {allowed}."),
            "reserve" => new("reserve kept", $"Less the reserve that is never spent, {found} in the reporting currency are available; the smallest plan needs {allowed}."),
            "book-state" => new("book not whole", "A book of this cycle has a gap, a checksum that failed, or a bid at or above its ask."),
            "circuit-open" => new("breaker open", "Orders failed too often on this way. The breaker lets a probe through after its pause."),
            "trading-state" => new("trading held back", "After the losses so far nothing new is opened. Halted ends with the UTC day or by an operator, restricted after a quiet while."),
            "quiet-hours" => new("quiet hours", "At this time of the day no plan is opened."),
            "duplicate" => new("taken already", "This opportunity has become a plan before."),
            "venue-health" => new("venue unsteady", $"The venue's health score is {found}; at least {allowed} is asked for. Failed orders and lost connections lower it."),
            "outlier" => new("price off", $"A price of this cycle is {found} bps from where its market stood; at most {allowed} bps are believed."),
            "depeg" => new("off its peg", $"A stable coin of this cycle is {found} bps from its peg; at most {allowed} bps are allowed."),
            "volatility" => new("market runs", $"The volatility of a market of this cycle is {found} a year; at most {allowed} is allowed, and less once it has run."),
            "spread" => new("spread opened", $"The spread of a market of this cycle is {found} times its running median; at most {allowed} times is allowed."),
            "confidence" => new("too uncertain", $"The confidence in this opportunity is {found}; at least {allowed} is asked for."),
            "risk-score" => new("too risky", $"The risk score of this opportunity is {found}; at most {allowed} is allowed."),
            "slippage" => new("too deep", $"Its size costs {found} bps against the best prices; at most {allowed} bps are allowed."),
            "daily-loss" => new("daily loss", $"Today has lost {found} in the reporting currency; the limit is {allowed}."),
            "hourly-loss" => new("hourly loss", $"The last hour has lost {found} in the reporting currency; the limit is {allowed}."),
            "loss-streak" => new("losing streak", $"{found} plans in a row have lost; at {allowed} it stops."),
            "drawdown" => new("drawdown", $"The equity is {found} of its peak below it; the limit is {allowed}."),
            "order-rate" => new("order rate", $"The plan would make {found} orders a minute; at most {allowed} are allowed."),
            "turnover" => new("turnover", $"The last minute has spent {found} in the reporting currency; at most {allowed} are allowed."),
            "open-orders" => new("enough open orders", $"The plan would make {found} orders out at once; at most {allowed} are allowed."),
            "asset-exposure" or "market-exposure" or "venue-exposure" or "total-exposure" or "concentration" =>
                new("exposure full", $"What the limit on {code.Replace('-', ' ')} leaves ({found}) is below the smallest plan worth making ({allowed})."),
            "instrument-busy" => new("market busy", "An open plan trades one of these markets. Two plans on one book would count the same depth twice."),
            "own-trade-unseen" => new("own trade unseen", "We traded on one of these books and it has not been updated since: it may still show what we took."),
            "no-reporting-price" => new("no price", "No live market says what the start asset is worth in the reporting currency, so no limit could be checked."),
            "empty-book" => new("empty book", "One leg has nothing to take from."),
            "no-edge-on-depth" => new("gone on depth", $"The best prices pay, but not enough of them: the best that any quantity earns is {found} bps."),
            "lots" => new("lots eat it", $"The prices pay, but no quantity on the venue's lots, minimums and fee steps does; the best edge before them is {found} bps."),
            "not-reconciled" => new("account not compared", "The venue's account has not been compared with the ledger yet in this session. Nothing is opened before."),
            "balance-drift" => new("balance differs", $"A balance at the venue differs from the ledger by {found}; {allowed} is tolerated. Nothing is opened until somebody has found out why."),
            "task-down" => new("venue's task down", $"The venue's feed or its orders threw an error ({found} in the last hour). It is started again up to three times; when it stays stopped, starting the program again is the way back."),
            "storage-full" => new("disk full", $"The disk under journal and tape is full ({found} bytes were free), so what is done could not be kept. Open plans are finished as far as their orders can be written first; new ones wait until there is room."),
            "store-behind" => new("store behind", $"The store is {found} records behind the journal, hangs or is gone, so nobody could look up what is done. Open plans are finished; new ones wait until it has caught up."),
            "venue-closed" => new("venue closed", "The venue takes no new orders now: maintenance, or it has shut us out. See the venue's state."),
            "expected-value" => new("not worth its risk", $"What it would earn, less what coming home costs when a leg fails, is {found}; at least {allowed} is asked for."),
            "disarmed" => new("not armed", "Every limit approved this plan. Nothing was sent, because no operator has armed this live session."),
            _ => new(code, $"Refused for '{code}': found {found}, allowed {allowed}."),
        };
    }

    /// <param name="grossBps">A cycle's edge at the best prices without fees.</param>
    /// <param name="netBps">The same after fees, at most zero.</param>
    public static Reason OfNearMiss(decimal grossBps, decimal netBps) => grossBps > 0m
        ? new("fees", $"The books disagree by {Show.Bps(grossBps)} bps, and the fees of its legs take more than that: {Show.Bps(netBps)} bps are left.")
        : new("no disagreement", $"Even without fees the way round costs {Show.Bps(grossBps)} bps: the spreads of its books. After fees it is {Show.Bps(netBps)} bps.");

    /// <param name="why">Why an opportunity ended that was neither taken nor refused.</param>
    public static Reason OfEnd(string why) => why switch
    {
        "edge-gone" => new("edge gone", "The prices moved back before it could be sized."),
        "book-lost" => new("book lost", "A book of this cycle could not be trusted any more: a checksum failed, a message was missing, or the connection went."),
        "session-ended" => new("session ended", "The session ended while it lived."),
        _ => new(why, $"It ended: {why}."),
    };

    public static Reason OfOutcome(string outcome) => outcome switch
    {
        "completed" => new("completed", "Every leg traded; what was too small to trade is dust."),
        "unwound" => new("unwound", "Part or all of it came back to the start asset by another way than planned."),
        "residual" => new("residual", "Something was left that could not be traded within the rules: it is listed, at what it has cost, until it is home or kept."),
        "missed" => new("missed", "The first leg did not trade: somebody was faster. Nothing happened."),
        _ => new(outcome, outcome),
    };
}
