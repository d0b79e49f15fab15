using Parallax.Dashboard.Api.Answers;
using Parallax.Dashboard.Live;
using Parallax.Domain;
using Parallax.Storage.Queries;

namespace Parallax.Dashboard.Api;

/// <summary>Puts closed plans and counted minutes on one even time axis, so that equal distances are equal times.</summary>
internal static class EquityChart
{
    /// <summary>As many points as a wide screen can tell apart.</summary>
    private const int PointsMax = 720;

    private const long MinuteNanos = 60 * UtcNanos.PerSecond;

    private static readonly long[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];

    /// <returns>Without points before the store answered.</returns>
    public static ChartAnswer Of(DeskView view)
    {
        var asset = view.Session.ReportingAsset.Code;
        if (view.Store is not { } store)
        {
            return new ChartAnswer(asset, Steps[0], [], []);
        }

        long[] beginnings = [view.Session.StartedTime, .. store.Equity.Take(1).Select(point => point.Time), .. store.Activity.Take(1).Select(minute => minute.Minute)];
        var from = Math.Max(store.Day, beginnings.Min());
        var (step, points) = Draw(from, view.Session.Time, store.Equity, store.Activity);
        return new ChartAnswer(asset, step, points,
        [
            .. store.Plans.Where(plan => plan.StartAsset == asset && plan is { Outcome: not (null or "missed"), Realised: not null } && plan.ClosedTime >= from)
                .OrderBy(plan => plan.ClosedTime)
                .Select(plan => new ChartPlan(plan.Key.ToString(), new UtcNanos(plan.ClosedTime!.Value), plan.Outcome!, plan.Realised!.Value)),
        ]);
    }

    /// <param name="from">Where the axis begins, UTC nanoseconds.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="equity">Oldest first.</param>
    /// <param name="activity">Oldest first.</param>
    private static (long StepSeconds, List<ChartPoint> Points) Draw(long from, long to, IReadOnlyList<EquityPoint> equity, IReadOnlyList<MinuteCount> activity)
    {
        var span = Math.Max(1, (to - from) / UtcNanos.PerSecond);
        var seconds = Steps.FirstOrDefault(step => span / step < PointsMax, Steps[^1]);
        var step = seconds * UtcNanos.PerSecond;
        var minutes = activity.ToDictionary(minute => minute.Minute, minute => minute.Opportunities);
        var points = new List<ChartPoint>();
        var (next, sum, peak) = (0, 0m, 0m);
        for (var time = from - (from % step); time <= to; time += step)
        {
            var low = 0m;
            while (next < equity.Count && equity[next].Time < time + step)
            {
                sum += equity[next++].Realised;
                peak = Math.Max(peak, sum);
                low = Math.Min(low, sum - peak);
            }

            low = Math.Min(low, sum - peak);
            points.Add(new ChartPoint(new UtcNanos(time), sum, low, minutes.GetValueOrDefault(time - (time % MinuteNanos))));
        }

        return (seconds, points);
    }
}
