using System.Runtime.InteropServices;
using Parallax.Domain;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Sizing;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Engine.Opportunities;

/// <summary>Turns a cycle into a plan: the most profitable sizes on the venue's lots, on the books of this moment.</summary>
/// <remarks>Engine thread only. Sizing allocates nothing in steady state; writing a plan out does.</remarks>
internal sealed class PlanSizer(Markets markets)
{
    private readonly ContinuousSizer _continuous = new();
    private CycleSizer _sizer = new(markets.Instruments, markets.Fees);

    /// <summary>What no plan could exceed where <see cref="TrySize"/> sized last: <see cref="ProfitMax"/> of the same books and input.</summary>
    public double SizedMax { get; private set; }

    /// <summary>Markets charge other fees from now on.</summary>
    public void OnFees() => _sizer = new CycleSizer(markets.Instruments, markets.Fees);

    /// <param name="inputMax">Most the plan may spend, start asset.</param>
    /// <param name="sized">Valid until the next call; its outcome says why when nothing was found.</param>
    /// <returns>False when nothing on the lots, minimums and books earns anything.</returns>
    public bool TrySize(Cycle cycle, decimal inputMax, out SizedPath sized)
    {
        sized = _sizer.Size(cycle, markets.BooksSpan, inputMax);
        SizedMax = HasThirdFee(cycle) ? double.PositiveInfinity : sized.Continuous.Profit;
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
        if (HasThirdFee(cycle))
        {
            return double.PositiveInfinity;
        }

        _continuous.Clear();
        foreach (var leg in cycle.Legs)
        {
            _continuous.Add(_sizer.Terms(leg), markets.Book(leg.Instrument).Levels(leg.Side.TakesFrom()));
        }

        return _continuous.Size((double)inputMax).Profit;
    }

    /// <summary>Writes out the plan that was sized last.</summary>
    public CyclePlan Plan(Cycle cycle, long opportunity, SizedPath sized)
    {
        var legs = new PlannedLeg[cycle.Length];
        var inputs = new decimal[legs.Length];
        for (var i = 0; i < legs.Length; i++)
        {
            ref readonly var leg = ref sized.Legs[i];
            legs[i] = new PlannedLeg((ushort)cycle.Legs[i].Instrument, cycle.Legs[i].Side, leg.QuantityLots, leg.LimitTicks!.Value);
            inputs[i] = leg.Spent;
        }

        var edge = _sizer.Waterfall(sized);
        return new CyclePlan(
            opportunity,
            cycle.Name,
            markets.VenueOf(cycle),
            ImmutableCollectionsMarshal.AsArray(cycle.Assets)!,
            legs,
            sized.Spent,
            edge.Gross,
            -edge.Fees,
            -edge.Rounding,
            edge.Profit)
        { LegInputs = inputs };
    }

    private bool HasThirdFee(Cycle cycle)
    {
        foreach (var leg in cycle.Legs)
        {
            if (_sizer.Terms(leg).FeeAsset == FeeAsset.Third)
            {
                return true;
            }
        }

        return false;
    }
}
