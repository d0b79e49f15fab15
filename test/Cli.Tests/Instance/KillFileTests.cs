using Parallax.Cli.Instance;
using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Tests.Instance;

public sealed class KillFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-kill-").FullName;
    private readonly CommandedSession _session = new();
    private readonly KillFile _file;

    public KillFileTests() => _file = new KillFile(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_kills_once_with_its_reason()
    {
        var watcher = Watcher();
        await watcher.LookAsync(default);
        Assert.Empty(_session.Kills);

        _file.Write("venue looks wrong");
        await watcher.LookAsync(default);
        await watcher.LookAsync(default);

        Assert.Equal(["kill-file: venue looks wrong"], _session.Kills);
        Assert.Equal(["KILL"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Removing_the_file_resumes_nothing_and_a_new_one_kills_again()
    {
        var watcher = Watcher();
        _file.Write("first");
        await watcher.LookAsync(default);
        _file.Remove();
        await watcher.LookAsync(default);
        Assert.Equal(0, _session.Resumes);

        _file.Write("first");
        await watcher.LookAsync(default);
        _file.Write("second");
        await watcher.LookAsync(default);

        Assert.Equal(["kill-file: first", "kill-file: first", "kill-file: second"], _session.Kills);
    }

    [Fact]
    public async Task A_kill_that_was_not_done_is_tried_again()
    {
        var watcher = Watcher();
        _file.Write("now");
        _session.Answers.Enqueue(() => throw new TimeoutException());
        _session.Answers.Enqueue(() => new OperatorAnswer(false, "busy"));

        await watcher.LookAsync(default);
        await watcher.LookAsync(default);
        await watcher.LookAsync(default);
        await watcher.LookAsync(default);

        Assert.Equal(3, _session.Kills.Count);
    }

    [Fact]
    public async Task It_looks_at_once_and_then_by_the_clock()
    {
        var time = new ManualTimer();
        var watcher = new KillFileWatcher(_file, _session, time);
        using var stop = new CancellationTokenSource();
        var running = watcher.RunAsync(stop.Token);
        Assert.Empty(_session.Kills);

        _file.Write("stop");
        time.Fire();
        await _session.Killed.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await running;

        Assert.Single(_session.Kills);
    }

    [Theory]
    [InlineData("", "a KILL file without a reason")]
    [InlineData("\n\n", "a KILL file without a reason")]
    [InlineData("  why  \nand more", "why")]
    [InlineData("a\u0007b", "a KILL file without a reason")]
    public void Whatever_stands_in_it_it_kills(string text, string reason)
    {
        File.WriteAllText(_file.Path, text);

        Assert.Equal(reason, _file.ReadReason());
    }

    [Fact]
    public void A_reason_is_one_line_of_bounded_length()
    {
        File.WriteAllText(_file.Path, new string('x', 100_000));

        Assert.Equal(KillFile.ReasonLengthMax, _file.ReadReason()!.Length);
    }

    [Fact]
    public void Removing_what_is_not_there_is_no_mistake()
    {
        _file.Remove();
        new KillFile(Path.Combine(_folder, "nowhere")).Remove();

        Assert.Null(_file.ReadReason());
    }

    private KillFileWatcher Watcher() => new(_file, _session, TimeProvider.System);

    /// <summary>One timer that goes off when told.</summary>
    private sealed class ManualTimer : TimeProvider
    {
        private TimerCallback? _callback;
        private object? _state;

        public void Fire() => _callback!(_state);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state) = (callback, state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
