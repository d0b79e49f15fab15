using Parallax.Journal.Files;

namespace Parallax.Journal.Chain;

/// <summary>Where a journal of one segment is kept when that is no folder: the disk of a simulation, which can fill up, fail, or lose what was not flushed.</summary>
public interface IJournalDisk
{
    /// <summary>All that stands there now; what is given out stays as it is until the next cut.</summary>
    ReadOnlyMemory<byte> Bytes { get; }

    /// <exception cref="UnwritableFileException">Nothing was added; a later try may succeed.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <exception cref="UnwritableFileException">The bytes may not be on the disk.</exception>
    void Flush(FlushPolicy policy);

    /// <summary>Cuts what stands behind the first <paramref name="size"/> bytes.</summary>
    void Cut(long size);
}

/// <summary>The one segment of a journal on a disk that is none.</summary>
internal sealed class DiskSegment(IJournalDisk disk) : ISegmentTarget
{
    public void StartSegment(int number)
    {
        if (number > 1)
        {
            throw new InvalidOperationException("A journal on such a disk has one segment only.");
        }

        disk.Cut(0);
    }

    public void Write(ReadOnlySpan<byte> bytes) => disk.Write(bytes);

    public void Flush(FlushPolicy policy) => disk.Flush(policy);

    public void Dispose()
    {
    }
}
