using Parallax.Strategies.Cycles;
using Parallax.Strategies.Sizing;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Engine;

/// <summary>Turns a cycle into a plan: the most profitable sizes on the venue's lots, on the books of this moment.</summary>
/// <remarks>Engine thread only. Allocates when a plan comes out.</remarks>
internal sealed class PlanSizer(Markets markets)
{
    private readonly CycleSizer _sizer = new(markets.Instruments, markets.Fees);

    /// <param name="inputMax">Most the plan may spend, start asset.</param>
    /// <param name="outcome">Why there is no plan.</param>
    /// <returns><see langword="null"/> when nothing on the lots, minimums and books earns anything.</returns>
    public CyclePlan? Size(Cycle cycle, long opportunity, decimal inputMax, out SizingOutcome outcome)
    {
        var sized = _sizer.Size(cycle, markets.BooksSpan, inputMax);
        outcome = sized.Outcome;
        if (outcome != SizingOutcome.Sized || sized.Profit <= 0m)
        {
            return null;
        }

        var legs = new PlannedLeg[cycle.Length];
        for (var i = 0; i < legs.Length; i++)
        {
            var leg = sized.Legs[i];
            legs[i] = new PlannedLeg((ushort)cycle.Legs[i].Instrument, cycle.Legs[i].Side, leg.QuantityLots, leg.LimitTicks!.Value);
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
            edge.Profit);
    }
}
