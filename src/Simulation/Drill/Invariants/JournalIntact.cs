using Parallax.Journal.Chain;
using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>Every checksum, sequence and seal of the journal holds.</summary>
internal sealed class JournalIntact : IInvariant
{
    public string Name => "journal-intact";

    public string? Broken(DrillWorld world) => JournalCheck.Damage(world.Disk.Bytes)?.Message;
}
