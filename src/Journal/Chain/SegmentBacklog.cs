using Parallax.Journal.Files;

namespace Parallax.Journal.Chain;

/// <summary>Segments on a disk that may be full for a while: what finds no room is kept in memory, in order, up to a bound.</summary>
/// <remarks>Only a flush says what is in the files: it fails while anything is kept. Nothing is allocated while there is room.</remarks>
/// <param name="path">The journal's, for people.</param>
/// <param name="sizeMax">In bytes. What would exceed it is refused as a full disk refuses it.</param>
internal sealed class SegmentBacklog(ISegmentTarget segments, string path, long sizeMax) : ISegmentTarget
{
    private readonly Queue<Piece> _kept = [];
    private long _size;

    public void StartSegment(int number)
    {
        if (_kept.Count > 0 || !TryStart(number))
        {
            _kept.Enqueue(new Piece(number, []));
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        var fits = _size + bytes.Length <= sizeMax;
        if ((_kept.Count > 0 && fits) || !TryEmpty() || !TryWrite(bytes))
        {
            Keep(bytes, fits);
        }
    }

    public void Flush(FlushPolicy policy)
    {
        Empty();
        segments.Flush(policy);
    }

    public void Dispose() => segments.Dispose();

    private void Keep(ReadOnlySpan<byte> bytes, bool fits)
    {
        if (!fits)
        {
            throw UnwritableFileException.Full(path);
        }

        _kept.Enqueue(new Piece(0, bytes.ToArray()));
        _size += bytes.Length;
    }

    private void Empty()
    {
        while (_kept.TryPeek(out var next))
        {
            if (next.Segment > 0)
            {
                segments.StartSegment(next.Segment);
            }
            else
            {
                segments.Write(next.Bytes);
            }

            _kept.Dequeue();
            _size -= next.Bytes.Length;
        }
    }

    private bool TryEmpty()
    {
        try
        {
            Empty();
            return true;
        }
        catch (UnwritableFileException full) when (full.IsFull)
        {
            return false;
        }
    }

    private bool TryStart(int number)
    {
        try
        {
            segments.StartSegment(number);
            return true;
        }
        catch (UnwritableFileException full) when (full.IsFull && sizeMax > 0)
        {
            return false;
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            segments.Write(bytes);
            return true;
        }
        catch (UnwritableFileException full) when (full.IsFull && sizeMax > 0)
        {
            return false;
        }
    }

    /// <param name="Segment">The segment that starts here; 0 for bytes of the current one.</param>
    private readonly record struct Piece(int Segment, byte[] Bytes);
}
