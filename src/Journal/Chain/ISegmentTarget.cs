using Parallax.Journal.Files;

namespace Parallax.Journal.Chain;

/// <summary>Where the bytes of a journal go: a folder, or nowhere when only the hash is wanted.</summary>
internal interface ISegmentTarget : IDisposable
{
    /// <summary>Ends the current segment durably and starts the next, empty one.</summary>
    /// <exception cref="UnwritableFileException">It could not; the current segment is still the current one.</exception>
    void StartSegment(int number);

    /// <exception cref="UnwritableFileException">Nothing was added; a later try may succeed.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <exception cref="UnwritableFileException">The bytes may not be on the disk.</exception>
    void Flush(FlushPolicy policy);
}

/// <summary>Takes everything and keeps nothing.</summary>
internal sealed class NoSegments : ISegmentTarget
{
    public void StartSegment(int number)
    {
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
    }

    public void Flush(FlushPolicy policy)
    {
    }

    public void Dispose()
    {
    }
}
