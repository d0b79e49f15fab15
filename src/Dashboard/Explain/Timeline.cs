using Parallax.Dashboard.Words;
using Parallax.Domain;
using Parallax.Reporting.Plans;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Dashboard.Explain;

/// <param name="Offset">Nanoseconds since the plan opened; negative before.</param>
/// <param name="Tone">A class for its dot: <c>sent</c>, <c>good</c>, <c>bad</c>, <c>end</c> or nothing.</param>
public sealed record Moment(ulong Sequence, long Offset, string What, string Detail, string Tone);

/// <summary>What happened in a plan, in the order of the journal.</summary>
public static class Timeline
{
    public static List<Moment> Of(PlanStory story)
    {
        var moments = new List<Moment>();
        if (story.Opportunity is { } opportunity)
        {
            Add(opportunity, $"opportunity {opportunity.Value.Number}", $"{Show.Bps(opportunity.Value.TopNetBps)} bps after fees at the best prices", "");
        }

        foreach (var refusal in story.Refusals)
        {
            var reason = Reasons.OfRefusal(refusal.Value.Reason, refusal.Value.Value, refusal.Value.Threshold);
            Add(refusal, $"refused: {reason.Label}", reason.Text, "bad");
        }

        foreach (var followed in story.FollowUps)
        {
            var looks = followed.Value.Looks.ToArray();
            Add(followed, "refusal looked at again", $"{followed.Value.Reason}: the same plan would have made {Reasons.OfLooks(looks)}", "");
        }

        var opened = story.Opened.Value;
        Add(story.Opened, "plan opened", $"spend {Show.Exact(opened.Input)} {opened.StartAsset}, expect {Show.ExactSigned(Decimals.Down(opened.ExpectedProfit, 8))}", "");
        foreach (var order in story.Orders)
        {
            var (what, detail) = Describe(story, order);
            Add(order, what, detail, "sent");
        }

        foreach (var told in story.Events)
        {
            var (what, detail, tone) = Describe(story, told);
            Add(told, what, detail, tone);
        }

        foreach (var unknown in story.Unknowns)
        {
            Add(unknown, "no definite outcome", $"{unknown.Value.Id} after {unknown.Value.Queries} queries: it counts as exposure", "bad");
        }

        foreach (var decided in story.Decisions)
        {
            Add(decided, $"decided: {decided.Value.Choice}", Describe(decided.Value), "bad");
        }

        if (story.Closed is { } closed)
        {
            var carried = closed.Value.Carried > 0m ? $", {Show.Exact(closed.Value.Carried)} {opened.StartAsset} carried by what is left" : "";
            Add(closed, closed.Value.Outcome.ToString().ToLowerInvariant(), $"{Show.ExactSigned(closed.Value.Result)} {opened.StartAsset}{carried}", "end");
        }

        foreach (var way in story.WaysHome)
        {
            Add(way, "way home", $"{Show.Cycle(way.Value.Cycle)}, expected to bring {Show.Exact(Decimals.Down(way.Value.ExpectedProfit, 8))} {opened.StartAsset}", "");
        }

        foreach (var home in story.Homecomings)
        {
            Add(home, "home", $"{Show.Exact(home.Value.Realised)} {opened.StartAsset} came back", "good");
        }

        foreach (var settled in story.Settlements)
        {
            var more = settled.Value.Change == 0m ? "" : $"{Show.ExactSigned(settled.Value.Change)} {opened.StartAsset}";
            Add(settled, settled.Value.Open > 0 ? "left behind" : settled.Value.Outcome == PlanOutcome.Residual ? "kept as inventory" : "all of it is home", more, "end");
        }

        foreach (var restated in story.Restatements)
        {
            Add(restated, "restated", $"from {Show.ExactSigned(restated.Value.Before)} to {Show.ExactSigned(restated.Value.After)} {opened.StartAsset}: {restated.Value.Why}", "end");
        }

        moments.Sort((left, right) => left.Sequence.CompareTo(right.Sequence));
        return moments;

        void Add<T>(At<T> at, string what, string detail, string tone) => moments.Add(new Moment(at.Sequence, at.Time - story.Opened.Time, what, detail, tone));
    }

    private static (string What, string Detail) Describe(PlanStory story, At<OrderIntent> order)
    {
        var (_, _, number, intent) = order;
        var instrument = story.Instruments[number];
        var purpose = intent.Purpose switch
        {
            _ when story.IsOnWayHome(intent.Id) => "on the way home",
            OrderPurpose.Leg => $"leg {intent.Leg + 1}",
            OrderPurpose.Requote => $"leg {intent.Leg + 1} again",
            _ => "on the way back",
        };
        return (
            $"{purpose}: {(intent.Side == Side.Buy ? "buy" : "sell")} {instrument.Id.Pair}",
            $"{Show.Exact(instrument.Quantity(intent.QuantityLots))} {instrument.Base} at {Show.Exact(instrument.Price(intent.LimitTicks))} or better, immediate or cancel");
    }

    private static (string What, string Detail, string Tone) Describe(PlanStory story, At<OrderEvent> told)
    {
        var (_, _, number, happened) = told;
        var instrument = story.Instruments[number];
        return happened.Type switch
        {
            OrderEventType.Filled => (
                "filled",
                $"{Show.Exact(instrument.Quantity(happened.Fill.QuantityLots))} {instrument.Base} at {Show.Exact(instrument.Price(happened.Fill.PriceTicks))}, fee {Show.Exact(happened.Fee)} {happened.FeeAsset}",
                "good"),
            OrderEventType.Rejected => ("rejected", happened.Reason, "bad"),
            OrderEventType.Canceled => ("rest canceled", "what did not fill at once is over", "bad"),
            OrderEventType.OutcomeUnknown => ("no answer in time", "the order may be live", "bad"),
            OrderEventType.NotFound => ("not known to the venue", "asked by our id", "bad"),
            OrderEventType.NotSent => ("not sent", $"held back on our side: {happened.Reason}", "bad"),
            _ => ("accepted", "the venue took it for matching", ""),
        };
    }

    private static string Describe(LegDecided decided)
    {
        return $"{Show.Exact(decided.Amount)} {decided.Asset}: {Way("going on", decided.Continue)}, {Way("going back", decided.Unwind)}{(decided.Hedge is null ? "" : $", {Way("another way home", decided.Hedge)}")}; {decided.Why}";

        static string Way(string name, decimal? value) => value is { } worth ? $"{name} brings {Show.Exact(Decimals.Down(worth, 8))}" : $"{name} is impossible";
    }
}
