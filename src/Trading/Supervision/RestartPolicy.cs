namespace Parallax.Trading.Supervision;

/// <summary>How often a task that failed is started again, and after which pause: three times, each pause five times as long; what is older than an hour is forgiven.</summary>
/// <remarks>Time is passed in: since any moment, the same for all calls.</remarks>
public sealed class RestartPolicy
{
    public const int RestartsMax = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Queue<TimeSpan> _failures = [];

    /// <summary>Of the last hour.</summary>
    public int Failures => _failures.Count;

    /// <summary>The task has failed.</summary>
    /// <returns>How long it rests before it is started again; <see langword="null"/> when it stays stopped.</returns>
    public TimeSpan? OnFailure(TimeSpan now)
    {
        while (_failures.TryPeek(out var oldest) && now - oldest > Memory)
        {
            _failures.Dequeue();
        }

        _failures.Enqueue(now);
        return Failures > RestartsMax ? null : FirstPause * Math.Pow(5, Failures - 1);
    }
}
