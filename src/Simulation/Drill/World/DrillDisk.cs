using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.Drill.World;

/// <summary>The disk under the journal: it can be full, and a crash takes from it what was not flushed.</summary>
public sealed class DrillDisk(SeededRandom random) : IJournalDisk, ISpare, IDisposable
{
    private readonly LentBytes _bytes = new();
    private long _left;
    private bool _hasSpare;

    public ReadOnlyMemory<byte> Bytes => _bytes.Memory;

    /// <summary>How often bytes that stood here went or changed: what was read of them before may not be there any more.</summary>
    public int Rewritten { get; private set; }

    /// <summary>Bytes that survive the loss of power.</summary>
    public int DurableSize { get; private set; }

    /// <summary>Nothing can be written, unless something is given back: writes fail, what stands there stays.</summary>
    public bool IsFull { get; set; }

    /// <summary>How much of what is given back is there for us, bytes; 0 where others take it at once.</summary>
    public int SpareBytes { get; set; } = 16 << 10;

    public string Folder => "journal";

    public long FreeBytes => IsFull ? _left : long.MaxValue >> 1;

    /// <summary>A flush to the disk is acknowledged by an error; once that happened no later one of the same writer may be believed.</summary>
    public bool FailsFlushes { get; set; }

    /// <summary>How long a flush takes, nanoseconds; whoever flushes waits for it.</summary>
    public long FlushNanos { get; set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (IsFull)
        {
            _left = _left >= bytes.Length ? _left - bytes.Length : throw UnwritableFileException.Full(Folder);
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

    public bool TryStand()
    {
        // One that the life before left behind is given back, as the real one is, before there is another.
        GiveBack();
        return _hasSpare = !IsFull;
    }

    public bool GiveBack()
    {
        _left = _hasSpare ? SpareBytes : _left;
        (var had, _hasSpare) = (_hasSpare, false);
        return had;
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
