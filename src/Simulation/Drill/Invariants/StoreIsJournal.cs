using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>Once it has caught up, the store holds the journal's records, each once, and nothing else.</summary>
internal sealed class StoreIsJournal : IInvariant
{
    public string Name => "store-is-journal";

    public string? Broken(DrillWorld world)
    {
        world.Store.CatchUp();
        return world.Store.Rows.SequenceEqual(world.Disk.Bytes.Span) ? null : $"{world.Store.Behind} bytes of the journal are not in the store, or others are";
    }
}
