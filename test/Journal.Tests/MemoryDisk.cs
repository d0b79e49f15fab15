using Parallax.Journal.Chain;
using Parallax.Journal.Files;

namespace Parallax.Journal.Tests;

/// <summary>A disk that is full or broken when a test says so.</summary>
public sealed class MemoryDisk : IJournalDisk, ISpare
{
    private byte[] _bytes = [];
    private int _left;
    private bool _hasSpare;

    public bool IsFull { get; set; }

    public bool IsBroken { get; set; }

    /// <summary>How much of what is given back is there for the writer.</summary>
    public int SpareBytes { get; init; }

    public string Folder => "memory";

    public long FreeBytes => IsFull ? _left : long.MaxValue;

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (IsBroken)
        {
            throw new UnwritableFileException(Folder, "memory cannot be written: it does not answer.");
        }

        if (IsFull)
        {
            _left = _left >= bytes.Length ? _left - bytes.Length : throw UnwritableFileException.Full(Folder);
        }

        _bytes = [.. _bytes, .. bytes];
    }

    public void Flush(FlushPolicy policy)
    {
    }

    public void Cut(long size) => _bytes = _bytes[..(int)Math.Min(size, _bytes.Length)];

    public bool TryStand() => _hasSpare = !IsFull;

    public bool GiveBack()
    {
        (_left, var had, _hasSpare) = (_hasSpare ? SpareBytes : _left, _hasSpare, false);
        return had;
    }
}
