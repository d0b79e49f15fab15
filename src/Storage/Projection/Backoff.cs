namespace Parallax.Storage.Projection;

/// <summary>Pauses that double with every failure, each between half and all of its length, so that many do not come back at once.</summary>
internal sealed class Backoff(ProjectorOptions options)
{
    private ulong _state = options.Seed;

    /// <summary>In a row.</summary>
    public int Failures { get; private set; }

    public void Reset() => Failures = 0;

    public TimeSpan Next()
    {
        var ticks = Math.Min(options.BackoffMax.Ticks, options.BackoffMin.Ticks << Math.Min(Failures, 16));
        Failures++;
        return TimeSpan.FromTicks((ticks / 2) + (long)(Random() % (ulong)((ticks / 2) + 1)));
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private ulong Random()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
