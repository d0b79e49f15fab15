using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>Something without which no plan may be opened, looked at when the intent of its first order is in the journal. One file each.</summary>
internal interface IOpeningRule
{
    string Name { get; }

    /// <param name="plan">What is about to begin.</param>
    /// <param name="now">Session clock.</param>
    /// <returns>What forbids it; <see langword="null"/> when nothing does.</returns>
    string? Forbids(DrillWorld world, ToldPlan plan, long now);
}
