using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Reporting.Plans;

/// <summary>What happened, in one sentence a trader would say.</summary>
public static class PlanSentence
{
    public static string Of(PlanStory story)
    {
        var trades = story.Events
            .Where(told => told.Value.Type == OrderEventType.Filled)
            // A venue may tell a trade twice; it happened once.
            .DistinctBy(told => (told.Value.Id, told.Value.TradeId))
            .GroupBy(told => (told.Instrument, told.Value.Side))
            .Select(group =>
            {
                var instrument = story.Instruments[group.Key.Instrument];
                var quantity = group.Sum(told => instrument.Quantity(told.Value.Fill.QuantityLots));
                return $"{(group.Key.Side == Side.Buy ? "bought" : "sold")} {Decimals.Plain(quantity)} {instrument.Base} for {instrument.Quote}";
            })
            .ToList();
        var start = story.Opened.Value.StartAsset;
        if (story.Closed is not { } closed)
        {
            return trades.Count == 0 ? "Nothing has traded yet." : $"So far {string.Join(", ", trades)}; the plan has not ended.";
        }

        if (trades.Count == 0)
        {
            return $"{story.Outcome}: nothing traded.";
        }

        var millis = ((story.EndTime ?? closed.Time) - story.Opened.Time) / 1_000_000m;
        var realised = story.Realised ?? closed.Value.Result;
        var sign = realised > 0m ? "+" : "";
        var restated = story.Restated is null ? "" : $" (restated from {Decimals.Plain(realised - story.Restated.Value)})";
        var left = story.Left;
        var rest = left.Count == 0 ? "nothing left over" : "left " + string.Join(", ", left.Select(r => $"{Decimals.Plain(r.Amount)} {r.Asset}{(r.IsDust ? " (dust)" : "")}"));
        return $"{story.Outcome}: {string.Join(", ", trades)}; {sign}{Decimals.Plain(realised)} {start}{restated} in {Decimals.Plain(millis)} ms, {rest}.";
    }
}
