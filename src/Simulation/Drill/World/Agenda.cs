namespace Parallax.Simulation.Drill.World;

/// <summary>What is still to happen, earliest first; at equal times in the order of entry. The one clock of the world.</summary>
public sealed class Agenda(long startTime)
{
    private readonly PriorityQueue<Action, (long Time, long Order)> _due = new();
    private long _entered;

    /// <summary>True time, which nothing in the world can read or bend: UTC nanoseconds.</summary>
    public long Now { get; private set; } = startTime;

    /// <summary>What has happened so far.</summary>
    public long Steps { get; private set; }

    /// <summary>When the next thing happens; <see cref="long.MaxValue"/> when nothing is left to happen.</summary>
    public long NextTime => _due.TryPeek(out _, out var next) ? next.Time : long.MaxValue;

    /// <param name="time">A time that has passed already means now.</param>
    public void At(long time, Action happening) => _due.Enqueue(happening, (Math.Max(time, Now), _entered++));

    public void After(long nanos, Action happening) => At(Now + nanos, happening);

    /// <summary>Time passes, and what happens meanwhile happens, while whoever called waits.</summary>
    public void Pass(long nanos)
    {
        var end = Now + nanos;
        while (NextTime <= end)
        {
            Step();
        }

        Now = end;
    }

    /// <summary>Lets the next thing happen.</summary>
    /// <returns>False when nothing is left.</returns>
    public bool Step()
    {
        if (!_due.TryDequeue(out var happening, out var when))
        {
            return false;
        }

        Now = when.Time;
        Steps++;
        happening();
        return true;
    }
}
