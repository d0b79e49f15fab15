using Parallax.Domain;

namespace Parallax.Strategies.Sizing;

/// <summary>The profit-maximising continuous size of a path through books in binary64: the merge of <see cref="Exact.ExactSizing"/>, without its fractions.</summary>
/// <remarks>
/// One thread at a time. Allocates nothing once its arrays have grown. O(legs × levels touched). The room left in each leg's level is
/// kept in units of the start asset, so that a step needs no division; entering a level needs one.
/// </remarks>
public sealed class ContinuousSizer
{
    public const int LegsMax = 5;

    private readonly Level[][] _levels = [new Level[32], new Level[32], new Level[32], new Level[32], new Level[32]];
    private readonly Leg[] _legs = new Leg[LegsMax];
    private int _count;

    /// <summary>Forgets the legs.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds the next leg.</summary>
    /// <param name="levels">The half of the book that the leg takes from, best first. Copied.</param>
    /// <param name="inputMax">Most that the leg may spend, in the asset it spends.</param>
    public void Add(LegTerms terms, ReadOnlySpan<Level> levels, double inputMax = double.PositiveInfinity)
    {
        if (_levels[_count].Length < levels.Length)
        {
            _levels[_count] = new Level[Math.Max(levels.Length, 2 * _levels[_count].Length)];
        }

        levels.CopyTo(_levels[_count]);
        ref var leg = ref _legs[_count++];
        leg.IsBuy = terms.Side == Side.Buy;
        leg.Tick = (double)terms.TickSize;
        leg.Lot = (double)terms.LotSize;
        leg.Fee = (double)terms.FeeFactor;
        leg.IsThirdFee = terms.FeeAsset == FeeAsset.Third;
        leg.IsFeeOnSpent = terms.IsFeeOnSpent;
        leg.LevelCount = levels.Length;
        leg.InputMax = inputMax;
    }

    /// <param name="inputMax">In the start asset.</param>
    /// <param name="marginalMin">A step is taken while it returns more than this per unit.</param>
    /// <param name="isThirdFeeIgnored">Whether a fee in a third asset costs nothing here; otherwise it shades the rate.</param>
    public ContinuousSize Size(double inputMax = double.PositiveInfinity, double marginalMin = 1, bool isThirdFeeIgnored = false)
    {
        var legs = _legs.AsSpan(0, _count);
        foreach (ref var leg in legs)
        {
            if (leg.LevelCount == 0)
            {
                return new ContinuousSize(0, 0, 0, SizingStop.EmptyBook, 0);
            }
        }

        var marginal = 1.0;
        var perUnit = 1.0;
        for (var k = 0; k < legs.Length; k++)
        {
            ref var leg = ref legs[k];
            leg.Level = 0;
            leg.Factor = leg.IsThirdFee && isThirdFeeIgnored ? 1 : leg.Fee;
            var capacity = leg.Enter(_levels[k][0]);
            leg.Room = capacity * perUnit;
            leg.Limit = leg.InputMax * perUnit;
            leg.PerUnit = perUnit;
            marginal *= leg.Rate;
            perUnit *= leg.Inverse;
        }

        return Merge(legs, inputMax, marginalMin, marginal);
    }

    private ContinuousSize Merge(Span<Leg> legs, double inputMax, double marginalMin, double marginal)
    {
        var topRate = marginal;
        var (input, output) = (0.0, 0.0);
        for (var steps = 0; ; steps++)
        {
            if (!(marginal > marginalMin))
            {
                return new ContinuousSize(topRate, input, output, SizingStop.Marginal, steps);
            }

            var step = inputMax - input;
            foreach (ref var leg in legs)
            {
                step = Math.Min(step, Math.Min(leg.Room, leg.Limit));
            }

            if (step <= 0)
            {
                return new ContinuousSize(topRate, input, output, SizingStop.MaxInput, steps);
            }

            input += step;
            output += step * marginal;
            for (var k = 0; k < legs.Length; k++)
            {
                ref var leg = ref legs[k];
                leg.Room -= step;
                leg.Limit -= step;
                if (leg.Room > 0)
                {
                    continue;
                }

                if (++leg.Level == leg.LevelCount)
                {
                    return new ContinuousSize(topRate, input, output, SizingStop.Depth, steps + 1);
                }

                var inverse = leg.Rate;
                var capacity = leg.Enter(_levels[k][leg.Level]);
                leg.Room = capacity * leg.PerUnit;

                // A lower rate here lets less through to the later legs: their rooms are worth more start units.
                var growth = inverse * leg.Inverse;
                for (var later = k + 1; later < legs.Length; later++)
                {
                    legs[later].PerUnit *= growth;
                    legs[later].Room = (legs[later].Room - step) * growth + step;
                    legs[later].Limit = (legs[later].Limit - step) * growth + step;
                }
            }

            marginal = 1.0;
            foreach (ref var leg in legs)
            {
                marginal *= leg.Rate;
            }
        }
    }

    private struct Leg
    {
        public bool IsBuy;
        public bool IsFeeOnSpent;
        public double Tick;
        public double Lot;
        public bool IsThirdFee;
        public double Fee;
        public double Factor;
        public double InputMax;
        public int LevelCount;
        public int Level;

        /// <summary>Output per input, and input per output, on the level.</summary>
        public double Rate;
        public double Inverse;

        /// <summary>Start units per unit of this leg's input, on the levels that the legs before it are on.</summary>
        public double PerUnit;

        /// <summary>What the level, and what the leg's own limit, still take, in start units.</summary>
        public double Room;
        public double Limit;

        /// <summary>Takes a level's rate and returns its capacity in the asset that the leg spends.</summary>
        public double Enter(Level level)
        {
            var price = level.PriceTicks * Tick;
            var quantity = level.QuantityLots * Lot;
            if (IsBuy)
            {
                Inverse = IsFeeOnSpent ? price * Factor : price / Factor;
                Rate = 1 / Inverse;
                return IsFeeOnSpent ? price * quantity * Factor : price * quantity;
            }

            Rate = IsFeeOnSpent ? price / Factor : price * Factor;
            Inverse = 1 / Rate;
            return IsFeeOnSpent ? quantity * Factor : quantity;
        }
    }
}
