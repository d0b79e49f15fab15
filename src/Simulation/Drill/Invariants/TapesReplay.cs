using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>What every life of the program was told gives what it wrote, to the byte, when a fresh engine is told it.</summary>
internal sealed class TapesReplay : IInvariant
{
    public string Name => "tape-replays";

    public string? Broken(DrillWorld world)
    {
        for (var session = 0; session < world.Machine.Tapes.Count; session++)
        {
            if (world.Machine.Tapes[session].Difference() is { } difference)
            {
                return $"start {session + 1}: {difference}";
            }
        }

        return null;
    }
}
