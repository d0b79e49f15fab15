using Parallax.Journal.Chain;
using Parallax.Journal.Files;

namespace Parallax.Trading.Tests.Engine.Live;

/// <summary>A disk in memory that a test fills and empties while a session writes to it.</summary>
internal sealed class FillingDisk : IJournalDisk, ISpare
{
    /// <summary>What a session on it keeps in memory while it is full.</summary>
    public const int BacklogMax = 4 << 20;

    private readonly Lock _lock = new();
    private readonly List<byte> _bytes = [];
    private bool _isFull;
    private bool _hasSpare;
    private int _left;

    /// <summary>What the session gets of the room that it gives back.</summary>
    public int SpareBytes { get; init; }

    public string Folder => "/data/journal";

    public long FreeBytes
    {
        get
        {
            lock (_lock)
            {
                return _isFull ? _left : 1L << 40;
            }
        }
    }

    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes.ToArray();
            }
        }
    }

    public void Fill()
    {
        lock (_lock)
        {
            (_isFull, _left) = (true, 0);
        }
    }

    public void MakeRoom()
    {
        lock (_lock)
        {
            _isFull = false;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_isFull)
            {
                _left = _left >= bytes.Length ? _left - bytes.Length : throw UnwritableFileException.Full(Folder);
            }

            _bytes.AddRange(bytes);
        }
    }

    public void Flush(FlushPolicy policy)
    {
    }

    public void Cut(long size)
    {
        lock (_lock)
        {
            _bytes.RemoveRange((int)size, _bytes.Count - (int)size);
        }
    }

    public bool TryStand()
    {
        lock (_lock)
        {
            return _hasSpare = !_isFull;
        }
    }

    public bool GiveBack()
    {
        lock (_lock)
        {
            (_left, var had, _hasSpare) = (_hasSpare ? SpareBytes : _left, _hasSpare, false);
            return had;
        }
    }
}
