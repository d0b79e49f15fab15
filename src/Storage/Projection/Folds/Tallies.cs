using Parallax.Domain;
using Parallax.Storage.Tables;

namespace Parallax.Storage.Projection.Folds;

/// <summary>Counts and sums by the minute and the hour, so that the figures of a year are a few thousand narrow rows.</summary>
internal sealed class Tallies(BatchTables tables)
{
    public const long Minute = 60 * UtcNanos.PerSecond;
    public const long Hour = 60 * Minute;

    public static long MinuteOf(long time) => time - (time % Minute);

    public static long HourOf(long time) => time - (time % Hour);

    public void Detected(long opened)
    {
        Count(opened, minute => minute with { Opportunities = minute.Opportunities + 1 });
        Funnel(opened, hour => hour with { Detected = hour.Detected + 1 });
    }

    public void Refused(long opened, string reason, bool isFirst)
    {
        if (isFirst)
        {
            Count(opened, minute => minute with { Refused = minute.Refused + 1 });
        }

        var key = (HourOf(opened), reason);
        var before = tables.RefusalHours.Find(key) ?? new RefusalHourEntry(key.Item1, reason, 0);
        tables.RefusalHours.Put(key, before with { Opportunities = before.Opportunities + 1 });
    }

    public void Sized(long opened) => Funnel(opened, hour => hour with { Sized = hour.Sized + 1 });

    public void WithinRisk(long opened) => Funnel(opened, hour => hour with { WithinRisk = hour.WithinRisk + 1 });

    public void Filled(long opened) => Funnel(opened, hour => hour with { Filled = hour.Filled + 1 });

    public void Planned(long time) => Count(time, minute => minute with { Plans = minute.Plans + 1 });

    public void Closed(long time, string startAsset, string outcome, decimal realised, long duration) =>
        Outcome(time, startAsset, outcome, tally => With(tally, realised, 1) with { Plans = tally.Plans + 1, Duration = tally.Duration + duration });

    /// <param name="time">Of the plan's end: it stays counted there.</param>
    public void Restated(long time, string startAsset, string outcome, decimal before, decimal after) =>
        Outcome(time, startAsset, outcome, tally => With(With(tally, before, -1), after, 1));

    /// <param name="plans">1, or -1 for a result that counts no more.</param>
    private static OutcomeEntry With(OutcomeEntry tally, decimal realised, int plans) => tally with
    {
        Wins = tally.Wins + (realised > 0m ? plans : 0),
        Losses = tally.Losses + (realised < 0m ? plans : 0),
        Gains = ExactAmount.Add(tally.Gains, plans * decimal.Max(realised, 0m)),
        LossSum = ExactAmount.Add(tally.LossSum, plans * decimal.Min(realised, 0m)),
        Realised = ExactAmount.Add(tally.Realised, plans * realised),
    };

    private void Outcome(long time, string startAsset, string outcome, Func<OutcomeEntry, OutcomeEntry> change)
    {
        var key = (HourOf(time), startAsset, outcome);
        tables.Outcomes.Put(key, change(tables.Outcomes.Find(key) ?? new OutcomeEntry(key.Item1, startAsset, outcome, 0, 0, 0, "0", "0", "0", 0)));
    }

    private void Count(long time, Func<ActivityEntry, ActivityEntry> change)
    {
        var minute = MinuteOf(time);
        tables.Activity.Put(minute, change(tables.Activity.Find(minute) ?? new ActivityEntry(minute, 0, 0, 0)));
    }

    private void Funnel(long opened, Func<FunnelEntry, FunnelEntry> change)
    {
        var hour = HourOf(opened);
        tables.Funnel.Put(hour, change(tables.Funnel.Find(hour) ?? new FunnelEntry(hour, 0, 0, 0, 0)));
    }
}
