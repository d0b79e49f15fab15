using Parallax.Domain;
using Parallax.Trading.Decisions;

namespace Parallax.Trading.Execution;

/// <summary>One order of a plan as it was sized.</summary>
/// <param name="LimitTicks">Worst level the sized quantity touches.</param>
public readonly record struct PlannedLeg(ushort Instrument, Side Side, long QuantityLots, long LimitTicks);

/// <summary>A cycle that was sized and approved, ready to execute.</summary>
/// <param name="Nodes">The assets along the cycle, the start asset first; one a leg.</param>
/// <param name="Input">Start asset the first leg spends at the most, fees included.</param>
public sealed record CyclePlan(
    long Opportunity,
    string Cycle,
    VenueId Venue,
    Asset[] Nodes,
    PlannedLeg[] Legs,
    decimal Input,
    decimal GrossProfit,
    decimal Fees,
    decimal Rounding,
    decimal ExpectedProfit)
{
    /// <summary>What each leg spends at the levels it was sized on, fees included; empty where only the first leg's is known.</summary>
    public decimal[] LegInputs { get; init; } = [];
}

/// <summary>A plan that has not ended, for those who look on.</summary>
/// <param name="OpenedTime">UTC nanoseconds.</param>
/// <param name="LegsDone">Legs whose order filled whole.</param>
/// <param name="First">The plan whose residual it takes home and whose result it is part of; null where it is its own.</param>
public readonly record struct OpenPlan(int Number, CyclePlan Planned, long OpenedTime, int LegsDone, PlanName? First);
