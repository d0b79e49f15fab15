namespace Parallax.Strategies.Tests.Sizing;

/// <summary>SplitMix64: a few lines that give the same numbers on every machine and runtime.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <param name="most">Inclusive.</param>
    public long Between(long least, long most) => least + (long)(Next() % (ulong)(most - least + 1));

    public T Of<T>(params ReadOnlySpan<T> values) => values[(int)Between(0, values.Length - 1)];

    public bool Chance(int percent) => Between(1, 100) <= percent;
}
