using System.Numerics;
using System.Runtime.CompilerServices;

namespace Parallax.Simulation.Randomness;

/// <summary>Xoshiro256**: the same numbers from the same seed on every machine and runtime.</summary>
/// <remarks>
/// Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2018); seeded through SplitMix64 as they advise. Not for
/// secrets. One thread. Allocates nothing.
/// </remarks>
public sealed class SeededRandom
{
    private ulong _a, _b, _c, _d;

    /// <param name="seed">Any value, zero included.</param>
    /// <param name="stream">Which of the independent streams of this seed: two consumers of one seed must not share numbers.</param>
    public SeededRandom(ulong seed, ulong stream = 0)
    {
        var state = seed ^ (stream * 0xD1342543DE82EF95);
        _a = Split(ref state);
        _b = Split(ref state);
        _c = Split(ref state);
        _d = Split(ref state);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A whole number from 0 to <paramref name="end"/>, the end excluded. The bias is below <c>end / 2^64</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Below(long end) => (long)Math.BigMul(Next(), (ulong)end, out _);

    /// <summary>A whole number between two bounds, both included.</summary>
    public long Between(long first, long last) => first + Below(last - first + 1);

    /// <summary>A multiple of 2^-53 in [0, 1); exact, so that arithmetic on it is the same everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Unit() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>In (-1, 1), densest at zero: the difference of two uniform numbers. Variance 1/6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Triangular()
    {
        var bits = Next();
        return ((double)(uint)bits - (double)(uint)(bits >> 32)) * (1.0 / (1L << 32));
    }

    /// <summary>True with a probability of 0 to 1.</summary>
    public bool Chance(double probability) => Unit() < probability;

    // Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
    private static ulong Split(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
