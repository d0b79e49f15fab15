using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.Drill.World;

/// <summary>The disk under the journal: it can be full, and a crash takes from it what was not flushed.</summary>
public sealed class DrillDisk(SeededRandom random) : IJournalDisk, IDisposable
{
    private readonly LentBytes _bytes = new();

    public ReadOnlyMemory<byte> Bytes => _bytes.Memory;

    /// <summary>How often bytes that stood here went or changed: what was read of them before may not be there any more.</summary>
    public int Rewritten { get; private set; }

    /// <summary>Bytes that survive the loss of power.</summary>
    public int DurableSize { get; private set; }

    /// <summary>Nothing can be written: writes fail, what stands there stays.</summary>
    public bool IsFull { get; set; }

    /// <summary>A flush to the disk is acknowledged by an error; once that happened no later one of the same writer may be believed.</summary>
    public bool FailsFlushes { get; set; }

    /// <summary>How long a flush takes, nanoseconds; whoever flushes waits for it.</summary>
    public long FlushNanos { get; set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (IsFull)
        {
            throw new UnwritableFileException("journal", "journal cannot be written: the disk is full; what was written before is intact.");
        }

        _bytes.Add(bytes);
    }

    public void Flush(FlushPolicy policy)
    {
        if (policy == FlushPolicy.Disk)
        {
            DurableSize = FailsFlushes
                ? throw new UnwritableFileException("journal", "journal cannot be written: the disk does not answer.")
                : _bytes.Size;
        }
    }

    public void Cut(long size)
    {
        if (size < _bytes.Size)
        {
            _bytes.CutTo((int)size);
            DurableSize = Math.Min(DurableSize, _bytes.Size);
            Rewritten++;
        }
    }

    /// <summary>The power goes: of what was written since the last flush any part from the front may have reached the disk, half a record included.</summary>
    public void LosePower()
    {
        _bytes.CutTo(DurableSize + (int)random.Below(_bytes.Size - DurableSize + 1));
        DurableSize = _bytes.Size;
        Rewritten++;
    }

    /// <summary>Flips one bit, as a dying disk does.</summary>
    public void Damage(int offset)
    {
        _bytes[offset] ^= 1;
        Rewritten++;
    }

    public void Dispose() => _bytes.Dispose();
}
