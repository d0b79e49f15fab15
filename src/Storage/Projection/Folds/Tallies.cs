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

    public void Closed(PlanEntry plan) => Count(plan, 1);

    /// <summary>It counts as it is now, where it ends now.</summary>
    public void Restated(PlanEntry before, PlanEntry after)
    {
        Count(before, -1);
        Count(after, 1);
    }

    /// <param name="plans">1, or -1 for a plan that counts as it was no more.</param>
    private void Count(PlanEntry plan, int plans)
    {
        if (plan is { ClosedTime: { } closed, Outcome: { } outcome, Realised: { } realised })
        {
            Outcome(closed, plan.StartAsset, outcome, tally => With(tally, realised, closed - plan.OpenedTime, plans));
        }
    }

    private static OutcomeEntry With(OutcomeEntry tally, decimal realised, long duration, int plans) => tally with
    {
        Plans = tally.Plans + plans,
        Duration = tally.Duration + (plans * duration),
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
