namespace Parallax.Venues.Recordings.Lines;

/// <summary>The lines of one recording in the order in which they are to be taken.</summary>
internal interface ILineSource : IDisposable
{
    /// <summary>What messages call the file.</summary>
    string Name { get; }

    /// <summary>Number of the line last read, counted from 1 as an editor counts.</summary>
    long LineNumber { get; }

    /// <summary>Bytes of the file (packed, if it is packed) that have been read.</summary>
    long Position { get; }

    /// <summary>Takes the next line, without its end; valid until the next call.</summary>
    /// <exception cref="RecordingException">The line is longer than allowed, or the file is damaged.</exception>
    bool TryRead(out ReadOnlySpan<byte> line);
}
