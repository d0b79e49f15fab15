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
        ref var leg = ref _legs[_count];
        var factors = terms.Factors;
        leg.IsBuy = terms.Side == Side.Buy;
        leg.Tick = factors.Tick;
        leg.Lot = factors.Lot;
        leg.Fee = factors.FeeFactor;
        leg.IsFeeOnSpent = factors.IsFeeOnSpent;
        leg.IsThirdFee = factors.FeeAsset == FeeAsset.Third;
        leg.LevelCount = levels.Length;
        leg.InputMax = inputMax;
        _count++;
    }

    /// <param name="inputMax">In the start asset.</param>
    /// <param name="marginalMin">A step is taken while it returns more than this per unit.</param>
    /// <param name="isThirdFeeIgnored">Whether a fee in a third asset costs nothing here; otherwise it shades the rate.</param>
    public ContinuousSize Size(double inputMax = double.PositiveInfinity, double marginalMin = 1, bool isThirdFeeIgnored = false)
    {
        var legs = _legs.AsSpan(0, _count);
        var topRate = 1.0;
        var perUnit = 1.0;
        for (var k = 0; k < legs.Length; k++)
        {
            ref var leg = ref legs[k];
            if (leg.LevelCount == 0)
            {
                return new ContinuousSize(0, 0, 0, SizingStop.EmptyBook, 0);
            }

            leg.Start(isThirdFeeIgnored);
            leg.Room = leg.Enter(_levels[k][0]) * perUnit;
            leg.PerUnit = perUnit;
            topRate *= leg.Rate;
            perUnit *= leg.Inverse;
        }

        return Merge(legs, inputMax, marginalMin, topRate);
    }

    private ContinuousSize Merge(Span<Leg> legs, double inputMax, double marginalMin, double topRate)
    {
        var marginal = topRate;
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
                step = leg.Room < step ? leg.Room : step;
            }

            if (step <= 0)
            {
                return new ContinuousSize(topRate, input, output, SizingStop.MaxInput, steps);
            }

            input += step;
            output += step * marginal;
            for (var k = 0; k < legs.Length; k++)
            {
                legs[k].Room -= step;
                if (legs[k].Room <= 0 && !TryAdvance(legs, k, step))
                {
                    var stop = legs[k].Left <= 0 ? SizingStop.MaxInput : SizingStop.Depth;
                    return new ContinuousSize(topRate, input, output, stop, steps + 1);
                }
            }

            marginal = 1.0;
            foreach (ref var leg in legs)
            {
                marginal *= leg.Rate;
            }
        }
    }

    private bool TryAdvance(Span<Leg> legs, int k, double step)
    {
        ref var leg = ref legs[k];
        if (++leg.Level >= leg.LevelCount || leg.Left <= 0)
        {
            return false;
        }

        var rate = leg.Rate;
        leg.Room = leg.Enter(_levels[k][leg.Level]) * leg.PerUnit;

        // A lower rate here lets less through to the later legs: their rooms are worth more start units. They have yet to pay for the step.
        var growth = rate * leg.Inverse;
        for (var later = k + 1; later < legs.Length; later++)
        {
            legs[later].PerUnit *= growth;
            legs[later].Room = ((legs[later].Room - step) * growth) + step;
        }

        return true;
    }

    private struct Leg
    {
        public bool IsBuy;
        public bool IsFeeOnSpent;
        public bool IsThirdFee;
        public double Tick;
        public double Lot;
        public double Fee;
        public double InputMax;
        public int LevelCount;
        public int Level;

        /// <summary>Output per input, and input per output, on the level.</summary>
        public double Rate;
        public double Inverse;

        /// <summary>Start units per unit of this leg's input, on the levels that the legs before it are on.</summary>
        public double PerUnit;

        /// <summary>What the level still takes, in start units.</summary>
        public double Room;

        /// <summary>What the leg may spend beyond the levels entered, in the asset it spends.</summary>
        public double Left;

        // Per tick: input per output on a buy, output per input on a sell. Per lot (and tick, on a buy): input.
        private double _perTick;
        private double _perLot;

        public void Start(bool isThirdFeeIgnored)
        {
            var fee = IsThirdFee && isThirdFeeIgnored ? 1 : Fee;
            _perTick = IsBuy == IsFeeOnSpent ? Tick * fee : Tick / fee;
            _perLot = (IsBuy ? Tick * Lot : Lot) * (IsFeeOnSpent ? fee : 1);
            Level = 0;
            Left = InputMax;
        }

        /// <summary>Takes a level's rate and returns what it takes of the asset that the leg spends.</summary>
        public double Enter(Level level)
        {
            double capacity;
            if (IsBuy)
            {
                Inverse = level.PriceTicks * _perTick;
                Rate = 1 / Inverse;
                capacity = level.PriceTicks * _perLot * level.QuantityLots;
            }
            else
            {
                Rate = level.PriceTicks * _perTick;
                Inverse = 1 / Rate;
                capacity = level.QuantityLots * _perLot;
            }

            var left = Left;
            Left -= capacity;
            return capacity < left ? capacity : left;
        }
    }
}
