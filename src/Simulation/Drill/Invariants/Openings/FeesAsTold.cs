using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>A plan reckons with the fees that the venue last told, on each of its legs.</summary>
internal sealed class FeesAsTold : IOpeningRule
{
    /// <summary>Legs differ in what they are worth by the edge and by rounding.</summary>
    private const decimal Tolerance = 0.2m;

    public string Name => "fees-as-told";

    public string? Forbids(DrillWorld world, ToldPlan plan, long now)
    {
        var rate = (world.Conditions.Fees ?? world.Fees).Rate;
        var fair = plan.Instruments.Count * rate * plan.Opened.Input;
        return decimal.Abs(plan.Opened.Fees + fair) > Tolerance * fair
            ? $"the plan reckons with fees of {-plan.Opened.Fees}; at {rate} they are about {fair}"
            : null;
    }
}
