using Parallax.Domain;

namespace Parallax.Strategies.Sizing.Exact;

/// <summary>A price (quote per base) and a quantity (base), both positive.</summary>
public readonly record struct ExactLevel(Rational Price, Rational Quantity);

/// <summary>A leg for <see cref="ExactSizing"/>.</summary>
/// <param name="Levels">The half of the book that the leg takes from, best first.</param>
/// <param name="InputMax">Most that this leg may spend, in the asset it spends; <see langword="null"/> for no limit.</param>
public sealed record ExactLeg(Side Side, FeeTerms Fee, IReadOnlyList<ExactLevel> Levels, Rational? InputMax = null);

/// <param name="Input">In the start asset.</param>
/// <param name="Marginal">Output for one more unit of input along this step.</param>
public readonly record struct ExactStep(Rational Input, Rational Marginal);

/// <summary>The profit-maximising size of a path through books, all in the start asset.</summary>
/// <param name="TopRate">Output per unit at the best prices; <see langword="null"/> when a book is empty.</param>
public sealed record ExactSize(Rational? TopRate, Rational Input, Rational Output, SizingStop Stop, IReadOnlyList<ExactStep> Steps)
{
    /// <summary>Output - input.</summary>
    public Rational Profit => Output - Input;
}

/// <summary>
/// The exact continuous optimum: each leg is a concave piecewise-linear function, their composition is too, and so the optimum is where
/// its slope falls to the required marginal return. Merges the levels of all legs in the order in which they end (cycles.md section 3).
/// </summary>
/// <remarks>The truth that <see cref="ContinuousSizer"/> is held against; fractions of any length, so it allocates.</remarks>
public static class ExactSizing
{
    /// <param name="inputMax">In the start asset; <see langword="null"/> for no limit.</param>
    /// <param name="marginalMin">A step is taken while it returns strictly more than this per unit; 1 for the largest profit.</param>
    public static ExactSize Size(IReadOnlyList<ExactLeg> legs, Rational? inputMax, Rational marginalMin)
    {
        if (legs.Any(leg => leg.Levels.Count == 0))
        {
            return new ExactSize(null, Rational.Zero, Rational.Zero, SizingStop.EmptyBook, []);
        }

        var walks = legs.Select(leg => new Walk(leg)).ToList();
        var topRate = Product(walks);
        var (input, output) = (Rational.Zero, Rational.Zero);
        var steps = new List<ExactStep>();
        while (true)
        {
            var marginal = Product(walks);
            if (marginal <= marginalMin)
            {
                return new ExactSize(topRate, input, output, SizingStop.Marginal, steps);
            }

            var step = Smallest(walks);
            if (inputMax is { } max)
            {
                step = Rational.Min(step, max - input);
            }

            if (step.Sign <= 0)
            {
                return new ExactSize(topRate, input, output, SizingStop.MaxInput, steps);
            }

            input += step;
            output += step * marginal;
            steps.Add(new ExactStep(step, marginal));
            if (!Advance(walks, step))
            {
                return new ExactSize(topRate, input, output, SizingStop.Depth, steps);
            }
        }
    }

    /// <summary>What an input gives along the books, without any required return. The unspent rest is ignored when depth ends first.</summary>
    public static Rational Output(IReadOnlyList<ExactLeg> legs, Rational input) => Size(legs, input, Rational.Zero).Output;

    private static Rational Product(List<Walk> walks) => walks.Aggregate(Rational.One, (product, walk) => product * walk.Rate);

    private static Rational Smallest(List<Walk> walks)
    {
        Rational? smallest = null;
        var before = Rational.One;
        foreach (var walk in walks)
        {
            var reach = walk.Room / before;
            smallest = smallest is { } found ? Rational.Min(found, reach) : reach;
            before *= walk.Rate;
        }

        return smallest ?? Rational.Zero;
    }

    private static bool Advance(List<Walk> walks, Rational step)
    {
        var amount = step;
        var hasDepth = true;
        foreach (var walk in walks)
        {
            var next = amount * walk.Rate;
            hasDepth &= walk.Spend(amount);
            amount = next;
        }

        return hasDepth;
    }

    /// <summary>One leg's position in its book.</summary>
    private sealed class Walk
    {
        private readonly ExactLeg _leg;
        private int _level;
        private Rational _inLevel;
        private Rational? _inLimit;

        public Walk(ExactLeg leg)
        {
            _leg = leg;
            _inLimit = leg.InputMax;
            Enter();
        }

        public Rational Rate { get; private set; }

        public Rational Room => _inLimit is { } limit ? Rational.Min(_inLevel, limit) : _inLevel;

        public bool Spend(Rational amount)
        {
            _inLevel -= amount;
            _inLimit -= amount;
            if (_inLevel.Sign > 0)
            {
                return true;
            }

            if (++_level == _leg.Levels.Count)
            {
                return false;
            }

            Enter();
            return true;
        }

        private void Enter()
        {
            var (price, quantity) = _leg.Levels[_level];
            Rational fee = _leg.Fee.Rate;
            var isBuy = _leg.Side == Side.Buy;
            var isOnSpent = _leg.Fee.AssetOn(_leg.Side) == (isBuy ? FeeAsset.Quote : FeeAsset.Base);
            var flat = isBuy ? Rational.One / price : price;
            Rate = isOnSpent ? flat / (Rational.One + fee) : flat * (Rational.One - fee);
            _inLevel = (isBuy ? price * quantity : quantity) * (isOnSpent ? Rational.One + fee : Rational.One);
        }
    }
}
