namespace Parallax.Venues.Connectivity;

/// <summary>Shares of a delay, drawn from a seed, so that clients that lost a venue together do not come back together.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood, 2014). Any thread.</remarks>
internal sealed class Jitter(ulong seed)
{
    private ulong _state = seed;

    /// <summary>In [0, 1).</summary>
    public double Next()
    {
        var z = Interlocked.Add(ref _state, 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1L << 53));
    }
}
