using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.Drill.World;

/// <summary>The disk under the journal: it can be full, and a crash takes from it what was not flushed.</summary>
public sealed class DrillDisk(SeededRandom random) : IJournalDisk
{
    private byte[] _bytes = new byte[64 << 10];
    private int _size;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _size);

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

        if (_size + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _size + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(_size));
        _size += bytes.Length;
    }

    public void Flush(FlushPolicy policy)
    {
        if (policy == FlushPolicy.Disk)
        {
            DurableSize = FailsFlushes
                ? throw new UnwritableFileException("journal", "journal cannot be written: the disk does not answer.")
                : _size;
        }
    }

    public void Cut(long size)
    {
        _size = (int)Math.Min(size, _size);
        DurableSize = Math.Min(DurableSize, _size);
    }

    /// <summary>The power goes: of what was written since the last flush any part from the front may have reached the disk, half a record included.</summary>
    public void LosePower()
    {
        _size = DurableSize + (int)random.Below(_size - DurableSize + 1);
        DurableSize = _size;
    }

    /// <summary>Flips one bit, as a dying disk does.</summary>
    public void Damage(int offset) => _bytes[offset] ^= 1;
}
