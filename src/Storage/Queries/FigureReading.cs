using Parallax.Storage.Projection.Folds;
using Parallax.Storage.Tables;

namespace Parallax.Storage.Queries;

/// <summary>The figures since a moment: whole hours from their tallies, the hour the moment lies in from its rows.</summary>
/// <remarks>
/// A page asks every second. A year is 8,760 hours; a broken first hour is read through an index. Sums are exact: SQLite has no decimal,
/// so they are added here.
/// </remarks>
internal static class FigureReading
{
    public static async Task<Figures> ReadAsync(StoreReading read, string startAsset, long since)
    {
        since = Math.Max(0, since);
        var hour = Tallies.HourOf(since);
        var wholeFrom = hour == since ? hour : hour + Tallies.Hour;
        var span = new { startAsset, since, wholeFrom };
        var outcomes = new OutcomeSum();
        foreach (var tally in await read.ListAsync<OutcomeEntry>($"{Catalog.Outcomes.Select} where start_asset = @startAsset and hour >= @wholeFrom", span))
        {
            outcomes.Add(tally);
        }

        foreach (var plan in await read.ListAsync<ClosedPlan>(
            """
            select outcome, realised, closed_time - opened_time as duration
            from plans where start_asset = @startAsset and closed_time >= @since and closed_time < @wholeFrom and first_plan is null
            """,
            span))
        {
            outcomes.Add(plan);
        }

        var open = (await read.FirstOrDefaultAsync<CountOf>("select count(*) as count from plans where closed_time is null and first_plan is null and start_asset = @startAsset", span))!;
        var funnel = await FunnelAsync(read, span);
        return new Figures(
            outcomes.Realised.ToDecimal(),
            outcomes.Plans + (int)open.Count,
            (int)open.Count,
            outcomes.Wins,
            outcomes.Losses,
            outcomes.Gains.ToDecimal(),
            outcomes.LossSum.ToDecimal(),
            outcomes.Plans == 0 ? null : outcomes.Duration / outcomes.Plans,
            outcomes.ByOutcome,
            funnel.Detected,
            funnel.Sized,
            funnel.WithinRisk,
            funnel.Filled,
            await RefusalsAsync(read, span));
    }

    private static async Task<FunnelEntry> FunnelAsync(StoreReading read, object span)
    {
        var parts = await read.ListAsync<FunnelEntry>(
            $"""
            {Catalog.Funnel.Select} where hour >= @wholeFrom
            union all
            select cast(0 as bigint) as hour, count(*), count(case when is_sized then 1 end), count(plan), count(case when is_filled then 1 end)
            from opportunities where opened_time >= @since and opened_time < @wholeFrom
            """,
            span);
        return new FunnelEntry(0, parts.Sum(part => part.Detected), parts.Sum(part => part.Sized), parts.Sum(part => part.WithinRisk), parts.Sum(part => part.Filled));
    }

    private static async Task<IReadOnlyDictionary<string, long>> RefusalsAsync(StoreReading read, object span)
    {
        var parts = await read.ListAsync<RefusalHourEntry>(
            $"""
            {Catalog.RefusalHours.Select} where hour >= @wholeFrom
            union all
            select cast(0 as bigint) as hour, reason, count(*) from refusals where opened_time >= @since and opened_time < @wholeFrom group by reason
            """,
            span);
        return parts.GroupBy(part => part.Reason, StringComparer.Ordinal)
            .OrderBy(reason => reason.Key, StringComparer.Ordinal)
            .ToDictionary(reason => reason.Key, reason => reason.Sum(part => part.Opportunities), StringComparer.Ordinal);
    }

    internal sealed record CountOf(long Count);

    internal sealed record ClosedPlan(string Outcome, decimal Realised, long Duration);

    private sealed class OutcomeSum
    {
        private readonly SortedDictionary<string, int> _byOutcome = new(StringComparer.Ordinal);

        public IReadOnlyDictionary<string, int> ByOutcome => _byOutcome;

        public int Plans { get; private set; }

        public int Wins { get; private set; }

        public int Losses { get; private set; }

        public long Duration { get; private set; }

        public ExactAmount Gains { get; private set; }

        public ExactAmount LossSum { get; private set; }

        public ExactAmount Realised => Gains + LossSum;

        public void Add(OutcomeEntry tally)
        {
            Count(tally.Outcome, tally.Plans, tally.Wins, tally.Losses, tally.Duration);
            Gains += ExactAmount.Parse(tally.Gains);
            LossSum += ExactAmount.Parse(tally.LossSum);
        }

        public void Add(ClosedPlan plan)
        {
            Count(plan.Outcome, 1, plan.Realised > 0m ? 1 : 0, plan.Realised < 0m ? 1 : 0, plan.Duration);
            Gains += decimal.Max(plan.Realised, 0m);
            LossSum += decimal.Min(plan.Realised, 0m);
        }

        private void Count(string outcome, int plans, int wins, int losses, long duration)
        {
            _byOutcome[outcome] = _byOutcome.GetValueOrDefault(outcome) + plans;
            Plans += plans;
            Wins += wins;
            Losses += losses;
            Duration += duration;
        }
    }
}
