using Parallax.Domain;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Sizing;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Engine;

/// <summary>Turns a cycle into a plan: the most profitable sizes on the venue's lots, on the books of this moment.</summary>
/// <remarks>Engine thread only. Sizing allocates nothing in steady state; writing a plan out does.</remarks>
internal sealed class PlanSizer(Markets markets)
{
    private readonly CycleSizer _sizer = new(markets.Instruments, markets.Fees);
    private readonly ContinuousSizer _continuous = new();

    /// <param name="inputMax">Most the plan may spend, start asset.</param>
    /// <param name="sized">Valid until the next call; its outcome says why when nothing was found.</param>
    /// <returns>False when nothing on the lots, minimums and books earns anything.</returns>
    public bool TrySize(Cycle cycle, decimal inputMax, out SizedPath sized)
    {
        sized = _sizer.Size(cycle, markets.BooksSpan, inputMax);
        return sized.Outcome == SizingOutcome.Sized && sized.Profit > 0m;
    }

    /// <summary>What an input would make on the books of this moment, fees in a third asset taken off.</summary>
    /// <returns>Start asset, below zero for a loss; <see langword="null"/> when a leg could not be traded.</returns>
    public decimal? ProfitOf(Cycle cycle, decimal input)
    {
        var path = _sizer.Execute(cycle, markets.BooksSpan, input);
        return path.Outcome == SizingOutcome.Sized ? path.Profit - path.ThirdFees : null;
    }

    /// <summary>What no plan can exceed: the profit if quantities had no lots, in binary64.</summary>
    /// <returns>Start asset; positive infinity where a fee in a third asset makes profit and top-of-book edge two things.</returns>
    public double ProfitMax(Cycle cycle, decimal inputMax)
    {
        _continuous.Clear();
        foreach (var leg in cycle.Legs)
        {
            var terms = _sizer.Terms(leg);
            if (terms.FeeAsset == FeeAsset.Third)
            {
                return double.PositiveInfinity;
            }

            _continuous.Add(terms, markets.Book(leg.Instrument).Levels(leg.Side.TakesFrom()));
        }

        return _continuous.Size((double)inputMax).Profit;
    }

    /// <summary>Writes out the plan that was sized last. Its edge waterfall costs a hundred times the sizing: only for what will be executed.</summary>
    public CyclePlan Plan(Cycle cycle, long opportunity, SizedPath sized)
    {
        var legs = new PlannedLeg[cycle.Length];
        for (var i = 0; i < legs.Length; i++)
        {
            var leg = sized.Legs[i];
            legs[i] = new PlannedLeg((ushort)cycle.Legs[i].Instrument, cycle.Legs[i].Side, leg.QuantityLots, leg.LimitTicks!.Value);
        }

        var inputs = new decimal[legs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = sized.Legs[i].Spent;
        }

        var edge = _sizer.Waterfall(sized);
        return new CyclePlan(
            opportunity,
            cycle.ToString(),
            markets.Instrument(cycle.Legs[0].Instrument).Id.Venue,
            [.. cycle.Assets],
            legs,
            sized.Spent,
            edge.Gross,
            -edge.Fees,
            -edge.Rounding,
            edge.Profit)
        { LegInputs = inputs };
    }
}
