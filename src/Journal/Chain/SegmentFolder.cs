using Parallax.Journal.Files;

namespace Parallax.Journal.Chain;

/// <summary>The segments of a journal as files of one folder, held by one writer.</summary>
internal sealed class SegmentFolder(string folder, WriterLock writerLock, AppendFile? current) : ISegmentTarget
{
    private AppendFile? _current = current;

    public void StartSegment(int number)
    {
        // The old segment is on the disk before the new one exists: after a power cut only the last segment can be torn.
        _current?.FlushToDisk();
        var next = AppendFile.Create(System.IO.Path.Combine(folder, SegmentFile.Name(number)));
        _current?.Dispose();
        _current = next;
    }

    public void Write(ReadOnlySpan<byte> bytes) => _current!.Write(bytes);

    public void Flush(FlushPolicy policy)
    {
        if (policy == FlushPolicy.Disk)
        {
            _current!.FlushToDisk();
        }
    }

    public void Dispose()
    {
        _current?.Dispose();
        writerLock.Dispose();
    }
}
