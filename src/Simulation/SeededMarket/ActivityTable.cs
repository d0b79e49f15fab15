using System.Runtime.CompilerServices;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.SeededMarket;

/// <summary>Which instrument the next event belongs to: the k-th busiest with a share in proportion to 1/k (Zipf).</summary>
/// <remarks>Walker's alias method in integers: one random number and one look-up a draw, whatever the number of instruments.</remarks>
internal sealed class ActivityTable
{
    private readonly (uint Own, int Other)[] _slots;

    public ActivityTable(int count)
    {
        // Weights scaled so that the average slot holds 2^32; what integer division loses is given to the busiest.
        var weights = new long[count];
        Int128 sum = 0;
        for (var i = 0; i < count; i++)
        {
            weights[i] = (1L << 40) / (i + 1);
            sum += weights[i];
        }

        Int128 left = (Int128)count << 32;
        for (var i = count - 1; i > 0; i--)
        {
            weights[i] = (long)((((Int128)weights[i] * count) << 32) / sum);
            left -= weights[i];
        }

        weights[0] = (long)left;
        _slots = new (uint, int)[count];
        Fill(weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Draw(SeededRandom random)
    {
        var high = (int)Math.BigMul(random.Next(), (ulong)_slots.Length, out var low);
        ref readonly var slot = ref _slots[high];
        return (uint)(low >> 32) < slot.Own ? high : slot.Other;
    }

    private void Fill(long[] weights)
    {
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = 0; i < weights.Length; i++)
        {
            (weights[i] < 1L << 32 ? small : large).Push(i);
        }

        while (small.TryPop(out var poor) && large.TryPop(out var rich))
        {
            _slots[poor] = ((uint)weights[poor], rich);
            weights[rich] -= (1L << 32) - weights[poor];
            (weights[rich] < 1L << 32 ? small : large).Push(rich);
        }

        foreach (var full in large)
        {
            _slots[full] = (uint.MaxValue, full);
        }
    }
}
