using Parallax.Cli.Instance;
using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Tests.Instance;

public sealed class HeartbeatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-heartbeat-").FullName;
    private readonly CommandedSession _session = new();
    private readonly SteadyTime _time = new();
    private readonly HeartbeatWatcher _watcher;
    private int _beats;

    public HeartbeatTests() => _watcher = new HeartbeatWatcher(new Heartbeat(File, TimeSpan.FromSeconds(60)), _session, _time);

    private string File => Path.Combine(_folder, "alive");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_that_is_touched_in_time_kills_nothing()
    {
        for (var minute = 0; minute < 10; minute++)
        {
            Beat();
            await AfterAsync(60);
        }

        Assert.Empty(_session.Kills);
    }

    [Fact]
    public async Task Silence_longer_than_allowed_kills_once_and_after_a_resume_again_when_it_lasts()
    {
        Beat();
        await AfterAsync(0);
        await AfterAsync(60);
        Assert.Empty(_session.Kills);

        await AfterAsync(1);
        await AfterAsync(1);
        Assert.Equal(["heartbeat: no heartbeat for 61 s: 'alive' was not touched"], _session.Kills);

        await AfterAsync(600);
        Assert.Single(_session.Kills);

        await _session.ResumeAsync("looked at it", "cli", default);
        await AfterAsync(60);
        Assert.Single(_session.Kills);
        await AfterAsync(1);
        Assert.Equal(2, _session.Kills.Count);
    }

    [Fact]
    public async Task A_file_that_never_came_is_silent_from_the_start()
    {
        await AfterAsync(61);

        Assert.Single(_session.Kills);
    }

    [Fact]
    public async Task Whatever_time_a_beat_carries_it_counts_from_when_it_was_first_seen()
    {
        Beat(DateTime.UnixEpoch);
        await AfterAsync(0);
        await AfterAsync(30);
        Beat(new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await AfterAsync(0);
        await AfterAsync(60);
        Assert.Empty(_session.Kills);

        await AfterAsync(1);
        Assert.Single(_session.Kills);
    }

    [Fact]
    public async Task A_beat_that_comes_back_resumes_nothing()
    {
        await AfterAsync(61);
        Beat();
        await AfterAsync(30);

        Assert.Equal(0, _session.Resumes);
    }

    [Fact]
    public async Task A_kill_that_was_not_done_is_tried_at_the_next_look()
    {
        _session.Answers.Enqueue(() => throw new TimeoutException());
        _session.Answers.Enqueue(() => new OperatorAnswer(false, "busy"));
        await AfterAsync(61);
        await AfterAsync(1);
        await AfterAsync(1);
        await AfterAsync(1);

        Assert.Equal(3, _session.Kills.Count);
    }

    private void Beat(DateTime? at = null)
    {
        System.IO.File.WriteAllText(File, "");
        System.IO.File.SetLastWriteTimeUtc(File, at ?? DateTime.UnixEpoch.AddDays(++_beats));
    }

    private Task AfterAsync(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return _watcher.LookAsync(default);
    }

    /// <summary>Time since a start, moved by hand.</summary>
    private sealed class SteadyTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
