using Parallax.Journal.Chain;
using Parallax.Journal.Files;

namespace Parallax.Simulation.Drill.World;

/// <summary>The disk as one process sees it: it waits for it, and once it is dead, nothing of it reaches the disk.</summary>
internal sealed class ProcessDisk(DrillWorld world, DrillProcess process) : IJournalDisk
{
    public bool IsCut { get; set; }

    public ReadOnlyMemory<byte> Bytes => world.Disk.Bytes;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!IsCut)
        {
            world.Disk.Write(bytes);
        }
    }

    public void Flush(FlushPolicy policy)
    {
        if (!IsCut)
        {
            world.CrashPoints.Pass(CrashPlace.BeforeFlush);
            if (policy == FlushPolicy.Disk && world.Disk.FlushNanos > 0 && !world.IsCalm)
            {
                process.WaitFor(world.Disk.FlushNanos);
            }

            world.Disk.Flush(policy);
            world.Durable.ReadTo(world.Disk.DurableSize);
            world.CrashPoints.Pass(CrashPlace.AfterFlush);
        }
    }

    public void Cut(long size) => world.Disk.Cut(size);
}
