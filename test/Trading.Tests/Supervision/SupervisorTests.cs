using Parallax.Domain;
using Parallax.Trading.Supervision;

namespace Parallax.Trading.Tests.Supervision;

public sealed class SupervisorTests
{
    private static readonly VenueId Venue = new("kraken");
    private readonly QuickTimers _time = new();
    private readonly List<TaskReport> _told = [];
    private int _starts;

    [Fact]
    public async Task C13_a_task_that_throws_is_started_again_three_times_after_growing_pauses_and_then_stays_stopped()
    {
        await Supervisor().RunAsync("feed", Venue, _ => Throw(), CancellationToken.None);

        Assert.Equal(4, _starts);
        Assert.Equal([1.0, 5.0, 25.0], _time.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(
            [TaskState.Failed, TaskState.Running, TaskState.Failed, TaskState.Running, TaskState.Failed, TaskState.Running, TaskState.Stopped],
            _told.Select(report => report.State));
        Assert.Equal(
            "kraken feed failed 4 times and stays stopped until the program is started again: InvalidOperationException: an odd frame",
            _told[^1].Text);
    }

    [Fact]
    public async Task C13_failures_that_are_older_than_an_hour_are_forgiven()
    {
        await Supervisor().RunAsync(
            "feed",
            Venue,
            _ =>
            {
                _time.Pass(TimeSpan.FromMinutes(25));
                return _starts < 20 ? Throw() : Task.CompletedTask;
            },
            CancellationToken.None);

        Assert.Equal(20, _starts);
        Assert.DoesNotContain(_told, report => report.State == TaskState.Stopped);
    }

    [Fact]
    public async Task C13_a_task_that_ends_in_order_is_not_started_again_and_one_that_is_stopped_throws_at_nobody()
    {
        await Supervisor().RunAsync("store", null, _ => Task.CompletedTask, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        await Supervisor().RunAsync("store", null, _ => StopAndThrowAsync(stop), stop.Token);

        Assert.Empty(_told);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task C13_a_blocking_task_has_a_thread_of_its_own_and_what_it_throws_is_contained()
    {
        var threads = new HashSet<int>();
        await Supervisor().RunThreadAsync(
            "feed",
            Venue,
            () =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                Assert.False(Thread.CurrentThread.IsThreadPoolThread);
                if (++_starts < 3)
                {
                    throw new InvalidOperationException("an odd frame");
                }
            },
            CancellationToken.None);

        Assert.Equal(3, _starts);
        Assert.Equal(2, _told.Count(report => report.State == TaskState.Running));
    }

    private Supervisor Supervisor() => new(_time, _told.Add);

    private Task Throw()
    {
        _starts++;
        throw new InvalidOperationException("an odd\nframe");
    }

    private static async Task StopAndThrowAsync(CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        throw new InvalidOperationException("on the way out");
    }
}
