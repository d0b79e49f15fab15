using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>Every plan has ended as what it is.</summary>
internal sealed class PlansEnded : IInvariant
{
    public string Name => "plans-ended";

    public string? Broken(DrillWorld world)
    {
        foreach (var ((session, number), plan) in world.Told.Plans)
        {
            if (plan is { Closed: null, IsTakenOver: false })
            {
                return $"plan {number} of session {session}, {plan.Opened.Cycle}, never ended";
            }
        }

        return null;
    }
}
