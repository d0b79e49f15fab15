using System.Runtime.CompilerServices;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.SeededMarket;

/// <summary>What each asset is truly worth in USD: a mean-reverting walk with bounded steps.</summary>
/// <remarks>Only sums, products and quotients of doubles, which are exact to the bit on every machine.</remarks>
internal sealed class FairValues
{
    private readonly double[] _start, _now, _stepMax, _away;

    public FairValues(IReadOnlyList<ListedAsset> assets)
    {
        _start = [.. assets.Select(a => a.Value)];
        _now = [.. _start];
        _stepMax = [.. assets.Select(a => a.StepMax)];
        _away = new double[assets.Count];
    }

    /// <summary>Quote per base.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Price(int @base, int quote) => _now[@base] / _now[quote];

    public double Value(int asset) => _now[asset];

    /// <summary>Moves one asset by less than its largest step, a little more often towards its start than away from it.</summary>
    public void Step(int asset, SeededRandom random)
    {
        // Keeps a coin within about 1 % of its start, and leaves room for the pull inside the largest step.
        var pull = _away[asset] * _stepMax[asset] * 0.05;
        _away[asset] += (0.9 * _stepMax[asset] * random.Triangular()) - pull;
        _now[asset] = _start[asset] * (1 + _away[asset]);
    }
}
