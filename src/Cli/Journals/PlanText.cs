using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Reporting.Plans;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Spectre.Console;

namespace Parallax.Cli.Journals;

/// <summary>Prints the story of a plan for a person: the sentence, the edge, the books, the orders, the postings.</summary>
internal static class PlanText
{
    public static async Task WriteAsync(TextWriter output, PlanStory story)
    {
        var opened = story.Opened.Value;
        await output.WriteLineAsync($"Plan {opened.Plan} of session {story.Session}: {opened.Cycle}");
        await output.WriteLineAsync(PlanSentence.Of(story));
        if (opened.First is { } first)
        {
            await output.WriteLineAsync($"It brings home what plan {first.Number} of session {first.Session} left: what it comes to is that plan's result.");
        }

        await output.WriteLineAsync();
        await WriteOpportunityAsync(output, story);
        await WriteEdgeAsync(output, story);
        WriteBooks(output, story);
        await WriteTimelineAsync(output, story);
        WritePostings(output, story);
    }

    private static async Task WriteOpportunityAsync(TextWriter output, PlanStory story)
    {
        if (story.Opportunity is { } opportunity)
        {
            await output.WriteLineAsync(
                $"Opportunity {opportunity.Value.Number} opened {new UtcNanos(opportunity.Time)}, {Signed(opportunity.Value.TopNetBps, 4)} bps after fees at the top of the books.");
        }

        foreach (var refusal in story.Refusals)
        {
            await output.WriteLineAsync(
                $"  refused {Offset(story, refusal.Time)}: {refusal.Value.Reason} ({Decimals.Plain(refusal.Value.Value)} against {Decimals.Plain(refusal.Value.Threshold)})");
            if (story.FollowUps.FirstOrDefault(followed => followed.Value.Reason == refusal.Value.Reason).Value is { Looks.Length: > 0 } later)
            {
                await output.WriteLineAsync(
                    $"    {Decimals.Plain(later.Input)} {story.Opened.Value.StartAsset} would have made "
                    + string.Join(", ", later.Looks.ToArray().Select(look => $"{(look.Profit is { } profit ? Signed(profit, 8) : "no price")} after {look.AfterMillis} ms")));
            }
        }

        await output.WriteLineAsync($"Planned {new UtcNanos(story.Opened.Time)}: spend {Decimals.Plain(story.Opened.Value.Input)} {story.Opened.Value.StartAsset}, "
            + $"expect {Signed(story.Opened.Value.ExpectedProfit)}.");
        await output.WriteLineAsync();
    }

    private static async Task WriteEdgeAsync(TextWriter output, PlanStory story)
    {
        await output.WriteLineAsync($"Edge, {story.Opened.Value.StartAsset}");
        if (story.Waterfall is not { } steps)
        {
            await output.WriteLineAsync("  the plan has not ended");
            await output.WriteLineAsync();
            return;
        }

        var width = steps.Max(step => Signed(step.Amount).Length);
        foreach (var (name, amount) in steps)
        {
            if (name == "realised")
            {
                await output.WriteLineAsync($"  {new string('─', 10 + width)}");
            }

            await output.WriteLineAsync($"  {name,-9} {Signed(amount).PadLeft(width)}");
        }

        await output.WriteLineAsync();
    }

    private static void WriteBooks(TextWriter output, PlanStory story)
    {
        output.WriteLine("Books at the decision");
        var console = Terminal.On(output);
        foreach (var (_, _, number, seen) in story.Books)
        {
            var instrument = story.Instruments[number];
            output.WriteLine(
                $"  leg {seen.Leg + 1}: {Word(seen.Side)} {Decimals.Plain(instrument.Quantity(seen.QuantityLots))} {instrument.Id.Pair} to {Decimals.Plain(instrument.Price(seen.LimitTicks))}, "
                + $"book {Millis(story.Opened.Time - seen.ReceivedTime)} old");
            var table = Terminal.Table($">price {instrument.Quote}", $">quantity {instrument.Base}", ">taken");
            var left = seen.QuantityLots;
            foreach (var level in seen.Levels.Span)
            {
                var taken = Math.Min(left, level.QuantityLots);
                left -= taken;
                table.AddPlainRow(
                    Decimals.Plain(instrument.Price(level.PriceTicks)),
                    Decimals.Plain(instrument.Quantity(level.QuantityLots)),
                    taken > 0 ? Decimals.Plain(instrument.Quantity(taken)) : "");
            }

            console.Write(new Padder(table, new Padding(2, 0, 0, 0)));
        }
    }

    private static async Task WriteTimelineAsync(TextWriter output, PlanStory story)
    {
        await output.WriteLineAsync("Orders and decisions, time since the plan opened");
        var lines = story.Orders.Select(order => (order.Sequence, order.Time, Line: Describe(story, order)))
            .Concat(story.Events.Select(told => (told.Sequence, told.Time, Line: Describe(story, told))))
            .Concat(story.Unknowns.Select(unknown => (unknown.Sequence, unknown.Time, Line: $"{unknown.Value.Id} has no definite outcome after {unknown.Value.Queries} queries")))
            .Concat(story.Decisions.Select(decided => (decided.Sequence, decided.Time, Line: Describe(decided.Value))))
            .Concat((story.Closed is { } closed ? new[] { closed } : []).Select(end => (end.Sequence, end.Time, Line: end.Value.Outcome.ToString().ToLowerInvariant())))
            .Concat(story.WaysHome.Select(way => (way.Sequence, way.Time, Line: $"way home: {way.Value.Cycle}, expected to bring {Decimals.Plain(Decimals.Down(way.Value.ExpectedProfit, 8))} {story.Opened.Value.StartAsset}")))
            .Concat(story.Homecomings.Select(home => (home.Sequence, home.Time, Line: $"home: {Decimals.Plain(home.Value.Realised)} {story.Opened.Value.StartAsset} came back")))
            .Concat(story.Settlements.Select(settled => (settled.Sequence, settled.Time, Line: Describe(settled.Value))));
        foreach (var (_, time, line) in lines.OrderBy(entry => entry.Sequence))
        {
            await output.WriteLineAsync($"  {Offset(story, time),14}  {line}");
        }

        foreach (var left in story.Left)
        {
            var mark = left.MarkInStart is { } worth ? $"worth {Decimals.Plain(Decimals.Down(worth, 8))} {story.Opened.Value.StartAsset}" : "no price for it";
            await output.WriteLineAsync($"  {"",14}  {(left.IsDust ? "dust" : "residual")}: {Decimals.Plain(left.Amount)} {left.Asset}, {mark}");
        }

        foreach (var (_, time, _, restated) in story.Restatements)
        {
            await output.WriteLineAsync(
                $"  {Offset(story, time),14}  restated from {Signed(restated.Before)} to {Signed(restated.After)}: {restated.Why}");
        }

        await output.WriteLineAsync();
    }

    private static void WritePostings(TextWriter output, PlanStory story)
    {
        output.WriteLine("Postings");
        var table = Terminal.Table("time", "account", "asset", ">amount", "order", ">trade");
        foreach (var (_, time, _, posted) in story.Postings)
        {
            foreach (var line in posted.Lines.Span)
            {
                table.AddPlainRow(
                    Offset(story, time),
                    line.Account == Account.Holdings ? $"holdings@{line.Venue}" : line.Account.ToString().ToLowerInvariant(),
                    line.Asset.Code,
                    Signed(line.Amount),
                    posted.Order.ToString(),
                    posted.TradeId.ToString());
            }
        }

        Terminal.On(output).Write(table);
    }

    private static string Describe(PlanStory story, At<OrderIntent> order)
    {
        var (_, _, number, intent) = order;
        var instrument = story.Instruments[number];
        var purpose = intent.Purpose switch
        {
            _ when story.IsOnWayHome(intent.Id) => "on the way home",
            OrderPurpose.Leg => $"leg {intent.Leg + 1}",
            OrderPurpose.Requote => $"leg {intent.Leg + 1} again, at the book's price",
            _ => $"back to {(intent.Side == Side.Buy ? instrument.Base : instrument.Quote)}",
        };
        return $"{intent.Id} {Word(intent.Side)} {Decimals.Plain(instrument.Quantity(intent.QuantityLots))} {instrument.Id.Pair} at {Decimals.Plain(instrument.Price(intent.LimitTicks))} or better, "
            + $"immediate or cancel ({purpose})";
    }

    private static string Describe(PlanStory story, At<OrderEvent> told)
    {
        var (_, _, number, happened) = told;
        var instrument = story.Instruments[number];
        return happened.Id + " " + happened.Type switch
        {
            OrderEventType.Filled =>
                $"filled {Decimals.Plain(instrument.Quantity(happened.Fill.QuantityLots))} at {Decimals.Plain(instrument.Price(happened.Fill.PriceTicks))}, "
                + $"fee {Decimals.Plain(happened.Fee)} {happened.FeeAsset} (trade {happened.TradeId})",
            OrderEventType.Rejected => $"rejected: {happened.Reason}",
            OrderEventType.Canceled => "rest canceled",
            OrderEventType.OutcomeUnknown => "outcome unknown",
            OrderEventType.NotFound => "not known to the venue",
            OrderEventType.NotSent => $"not sent: {happened.Reason}",
            _ => "accepted",
        };
    }

    private static string Describe(PlanSettled settled)
    {
        var what = settled.Open > 0 ? "left behind" : settled.Outcome == PlanOutcome.Residual ? "kept as inventory" : "all of it is home";
        return settled.Change == 0m ? what : $"{what}: {Signed(settled.Change)} {settled.StartAsset}";
    }

    private static string Describe(LegDecided decided)
    {
        var ways = $"{Way("continue", decided.Continue)}, {Way("unwind", decided.Unwind)}{(decided.Hedge is null ? "" : $", {Way("hedge", decided.Hedge)}")}";
        return $"decided on {Decimals.Plain(decided.Amount)} {decided.Asset}: {decided.Choice} ({ways}; {decided.Why})";

        static string Way(string name, decimal? value) => $"{name} {(value is { } worth ? Decimals.Plain(Decimals.Down(worth, 8)) : "impossible")}";
    }

    private static string Word(Side side) => side == Side.Buy ? "buy" : "sell";

    private static string Signed(decimal amount, int decimals = 28)
    {
        var shown = Decimals.Down(amount, decimals);
        return (shown > 0m ? "+" : "") + Decimals.Plain(shown);
    }

    private static string Offset(PlanStory story, long time) => (time >= story.Opened.Time ? "+" : "−") + Millis(Math.Abs(time - story.Opened.Time));

    private static string Millis(long nanos) => $"{Decimals.Plain(nanos / 1_000_000m)} ms";
}
