using Microsoft.Extensions.Hosting;
using Parallax.Domain;
using Parallax.Reporting.Funnel;
using Parallax.Reporting.Sessions;
using Parallax.Storage.Queries;
using Parallax.Trading.Decisions;

namespace Parallax.Dashboard.Live;

/// <summary>Asks the store for everything the desk shows of it, again and again, on behalf of all who look.</summary>
/// <remarks>Apart from the session's own picture: a store that is slow or gone delays no figure that does not come from it.</remarks>
public sealed class StoreWatch(IOperatedSession session, IStoreReader store, TimeProvider time) : BackgroundService
{
    private const int OpportunitiesShown = 60;
    private const int PlansShown = 200;
    private const int RefusalsHeld = 300;
    private const int NearestShown = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>A store that takes long to answer is asked less often: at most this share of its time is ours.</summary>
    private const int RestFactor = 4;

    private volatile StoreView? _view;
    private volatile string? _trouble;

    /// <summary>Null before the first answer.</summary>
    public StoreView? View => _view;

    /// <summary>Why the store did not answer the last time, in words; null when it did.</summary>
    public string? Trouble => _trouble;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            try
            {
                _view = await AskAsync(stoppingToken);
                _trouble = null;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever the database says: the page goes on with what it has, and says so.
                _trouble = $"The store did not answer: {failure.Message}";
            }

            var rest = time.GetElapsedTime(started) * RestFactor;
            await Task.Delay(rest > Pause ? rest : Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<StoreView> AskAsync(CancellationToken cancellation)
    {
        var now = UtcNanos.From(time.GetUtcNow()).Value;
        var position = await store.PositionAsync(cancellation);
        var snapshot = session.Current;
        var asset = snapshot.ReportingAsset.Code;
        var today = DeskView.DayOf(snapshot.Time);
        if (_view is { } known && known.Position == position && known.Day == today)
        {
            return known with { AskedTime = now };
        }

        IReadOnlyList<RefusedMiss> refused = [.. (await store.RefusalsAsync(today, RefusalsHeld, cancellation)).Select(Miss)];
        return new StoreView
        {
            AskedTime = now,
            Day = today,
            Position = position,
            Today = await store.FiguresAsync(asset, today, cancellation),
            Session = await store.FiguresAsync(asset, snapshot.StartedTime, cancellation),
            Opportunities = await store.OpportunitiesAsync(new Page(OpportunitiesShown), cancellation),
            Refused = refused,
            Nearest = RefusedMiss.Nearest(refused, NearestShown),
            Plans = await store.PlansAsync(new Page(PlansShown), openOnly: false, cancellation),
            Equity = await store.EquityAsync(asset, today, cancellation),
            Activity = await store.ActivityAsync(today, cancellation),
        };
    }

    private static RefusedMiss Miss(RefusalRow row) => new(
        row.Session, row.Opportunity, row.Cycle, row.Reason, row.Value, row.Threshold, row.Input, row.Profit, row.Time,
        row.FollowedTime is null ? [] : [new FollowUp(50, row.After50), new FollowUp(250, row.After250), new FollowUp(1_000, row.After1000)],
        row.StartAsset);
}
