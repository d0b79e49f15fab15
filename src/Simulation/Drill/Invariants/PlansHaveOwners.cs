using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>Every plan that has not ended is in the hands of the executor.</summary>
internal sealed class PlansHaveOwners : IInvariant
{
    public string Name => "plans-have-owners";

    public string? Broken(DrillWorld world)
    {
        if (world.Told.Forgotten is { } forgotten)
        {
            return $"{forgotten} was forgotten over a restart";
        }

        if (world.Process is not { IsAlive: true, Engine.HasBegun: true } process)
        {
            return null;
        }

        var open = world.Told.OpenPlans;
        var owned = process.Engine.Executor.OpenCount;
        return open == owned ? null : $"{open} plans have not ended; the executor runs {owned}";
    }
}
