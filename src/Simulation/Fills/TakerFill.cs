using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.Fills;

/// <summary>Fills an order that takes: walks the displayed levels up to the limit, minus what this run took before.</summary>
/// <remarks>
/// The recorded market does not react to us beyond that: no price impact, no queue. <see cref="TakerFillTerms.LevelProbability"/> is the
/// haircut for others who see the same edge. Engine thread only.
/// </remarks>
public sealed class TakerFill
{
    private readonly TakerFillTerms _terms;
    private readonly SeededRandom _competitors;
    private Level[] _fills = new Level[16];

    public TakerFill(int instrumentCount, TakerFillTerms terms, ulong seed)
    {
        _terms = terms.Validated();
        _competitors = new SeededRandom(seed, stream: 0x30);
        Taken = new TakenLevels(instrumentCount, terms.RefillNanos);
    }

    public TakenLevels Taken { get; }

    /// <summary>What an order trades at its arrival, level by level, best price first.</summary>
    /// <param name="book">The book on the venue's time axis at <paramref name="time"/>.</param>
    /// <param name="limitTicks">Levels beyond it are not touched.</param>
    /// <param name="budget">Trading stops where it would be passed.</param>
    /// <param name="isAllOrNothing">When the levels cannot fill all of it, nothing is traded and nothing is taken.</param>
    /// <returns>Price and lots of each fill; empty when nothing trades. Valid until the next call.</returns>
    public ReadOnlySpan<Level> Walk(
        ushort instrument, OrderBook book, Side side, long limitTicks, long quantityLots, bool isAllOrNothing, SpendBudget budget, long time)
    {
        var takesFrom = side.TakesFrom();
        var levels = book.Levels(takesFrom);
        var rest = quantityLots;
        var count = 0;
        foreach (ref readonly var level in levels)
        {
            if (rest == 0 || (side == Side.Buy ? level.PriceTicks > limitTicks : level.PriceTicks < limitTicks))
            {
                break;
            }

            var available = Taken.Available(instrument, takesFrom, level, time);
            if (available > 0 && _terms.LevelProbability < 1 && !_competitors.Chance(_terms.LevelProbability))
            {
                // Another taker was faster: the level is as gone for us as if we had emptied it.
                Taken.Take(instrument, takesFrom, level, available, time);
                continue;
            }

            var wanted = Math.Min(rest, available);
            var lots = budget.Take(level.PriceTicks, wanted);
            if (lots > 0)
            {
                Add(count++, new Level(level.PriceTicks, lots));
                rest -= lots;
            }

            if (lots < wanted)
            {
                break;
            }
        }

        if (isAllOrNothing && rest > 0)
        {
            return [];
        }

        var fills = _fills.AsSpan(0, count);
        foreach (ref readonly var fill in fills)
        {
            // Displayed at this price: the walk found it there a moment ago.
            book.TryGetQuantity(takesFrom, fill.PriceTicks, out var displayed);
            Taken.Take(instrument, takesFrom, new Level(fill.PriceTicks, displayed), fill.QuantityLots, time);
        }

        return fills;
    }

    private void Add(int index, Level fill)
    {
        if (index == _fills.Length)
        {
            Array.Resize(ref _fills, index * 2);
        }

        _fills[index] = fill;
    }
}

/// <summary>The assumptions of taker fills.</summary>
public sealed record TakerFillTerms
{
    /// <summary>How long a level that we took from stays taken while its displayed quantity does not change. Default one second.</summary>
    public long RefillNanos { get; init; } = UtcNanos.PerSecond;

    /// <summary>Share of levels, 0 to 1, that are still there when we arrive; the others went to somebody faster. Default 1: all.</summary>
    public double LevelProbability { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">Says which term is off and what was found.</exception>
    public TakerFillTerms Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(RefillNanos);
        if (!(LevelProbability >= 0 && LevelProbability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(LevelProbability), $"A probability is 0 to 1; found {LevelProbability}.");
        }

        return this;
    }
}
