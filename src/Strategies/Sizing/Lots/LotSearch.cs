using System.Numerics;

namespace Parallax.Strategies.Sizing.Lots;

/// <summary>What <see cref="LotSearch"/> found.</summary>
/// <param name="FirstLots">Lots of the first leg in the best plan, the smallest of equals; 0 when no plan pays.</param>
/// <param name="Evaluations">Plans looked at.</param>
/// <param name="ProfitMissedMax">The most that a plan not looked at could earn beyond the best one; 0 when the best is proven.</param>
internal readonly record struct LotSearchResult(long FirstLots, int Evaluations, double ProfitMissedMax);

/// <summary>Finds the lot-feasible plan with the largest profit, residuals valued at zero.</summary>
/// <remarks>
/// cycles.md 4.1: fixing the lots of one leg, any leg, makes the best plan with those lots easy to find, so the search goes over the lots
/// of the leg that trades the fewest. It starts at the continuous optimum and walks outwards; the continuous profit at a lot count is
/// concave and bounds the plan there, so a side ends where the bound falls to the best plan known. Before a plan is computed exactly, a
/// bound in binary64 that keeps to the lots must beat the best too.
/// </remarks>
internal static class LotSearch
{
    // The continuous bound is computed once for a block of lot counts: it falls outwards, so the first of them bounds the others. The best plan
    // is mostly next to the optimum, so blocks begin small. Multiples of every vector length.
    private const int BlockFirst = 16, BlockMax = 128;

    /// <param name="inputMax">In units of the start asset.</param>
    /// <param name="limit">The same limit in the start asset.</param>
    /// <param name="optimum">The continuous optimum's input, in the start asset.</param>
    /// <param name="unit">The start asset's unit.</param>
    public static LotSearchResult Run<T>(LotPath<T> path, LotScreen screen, T inputMax, double limit, double optimum, double unit, int evaluationsMax)
        where T : struct, IBinaryInteger<T>
    {
        var leg = 0;
        var lots = screen.FirstLots(optimum);
        if (path.IsMonotone())
        {
            leg = screen.CoarsestLeg(optimum, out lots);
        }

        var step = path[leg].Model.Terms.OrderStepLots;
        var (least, most) = (path[leg].LotsMin, path[leg].LotsMax);
        var start = Math.Clamp((long)(lots / step) * step, 0, most);
        var down = new Walk(screen, leg, -step, start, least, start, limit);
        var up = new Walk(screen, leg, step, Math.Max(start + step, least), least, most, limit);
        var best = default(LotRun<T>);
        var bestProfit = 0.0;
        var evaluations = 0;
        Span<double> profits = stackalloc double[BlockMax];
        while (true)
        {
            var bound = Math.Max(down.Bound, up.Bound);
            if (!(bound > bestProfit))
            {
                return new LotSearchResult(best.FirstLots, evaluations, 0);
            }

            if (evaluations >= evaluationsMax)
            {
                return new LotSearchResult(best.FirstLots, evaluations, bound - bestProfit);
            }

            ref var walk = ref down.Bound >= up.Bound ? ref down : ref up;
            var first = walk.At;
            var block = profits[..walk.Block];
            var count = walk.Next(screen);
            evaluations += count;
            if (screen.Profits(leg, first, walk.Step, limit, block) < bestProfit)
            {
                continue;
            }

            // The most promising plan of the block first: it usually settles the others.
            while (IndexOfMax(block[..count]) is var i && block[i] >= bestProfit)
            {
                block[i] = double.NegativeInfinity;
                if (path.TryPlan(leg, first + (walk.Step * i), inputMax, out var run) && IsBetter(run, best))
                {
                    best = run;
                    bestProfit = double.CreateSaturating(best.Profit) * unit;
                }
            }
        }
    }

    private static int IndexOfMax(ReadOnlySpan<double> values)
    {
        var index = 0;
        for (var i = 1; i < values.Length; i++)
        {
            index = values[i] > values[index] ? i : index;
        }

        return index;
    }

    private static bool IsBetter<T>(LotRun<T> run, LotRun<T> best)
        where T : struct, IBinaryInteger<T> =>
        run.Profit > best.Profit || (run.Profit == best.Profit && run.FirstLots < best.FirstLots);

    /// <summary>One direction of the search, a block of lot counts at a time.</summary>
    private struct Walk
    {
        private readonly int _leg;
        private readonly long _least;
        private readonly long _most;
        private readonly double _inputMax;

        public Walk(LotScreen screen, int leg, long step, long first, long least, long most, double inputMax)
        {
            (_leg, Step, At, Block, _least, _most, _inputMax) = (leg, step, first, BlockFirst, least, most, inputMax);
            Measure(screen);
        }

        public long Step { get; }

        /// <summary>The first lot count of the next block.</summary>
        public long At { get; private set; }

        /// <summary>Lot counts that the next block covers, those beyond the last one included.</summary>
        public int Block { get; private set; }

        /// <summary>Upper bound of the plans still ahead; negative infinity when there are none.</summary>
        public double Bound { get; private set; }

        /// <returns>The lot counts in the block that was next.</returns>
        public int Next(LotScreen screen)
        {
            var left = 1 + (Step > 0 ? _most - At : At - _least) / Math.Abs(Step);
            var count = (int)Math.Min(Block, left);
            At += Step * Block;
            Block = Math.Min(2 * Block, BlockMax);
            Measure(screen);
            return count;
        }

        private void Measure(LotScreen screen)
        {
            if (At < _least || At > _most)
            {
                Bound = double.NegativeInfinity;
                return;
            }

            // Too large by a rounding error at the very start says nothing about what is smaller.
            var bound = screen.Profit(_leg, At, _inputMax, isOnLots: false, out var isTooLarge);
            Bound = Step < 0 && isTooLarge ? double.PositiveInfinity : bound;
        }
    }
}
