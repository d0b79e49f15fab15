using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>Something that must always hold. One file each.</summary>
internal interface IInvariant
{
    string Name { get; }

    /// <returns>What was found instead; <see langword="null"/> when it holds.</returns>
    string? Broken(DrillWorld world);
}
