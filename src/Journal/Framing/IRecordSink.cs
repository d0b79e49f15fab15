namespace Parallax.Journal.Framing;

/// <summary>Takes records in order: a tape, a journal, the ring before the engine, or the engine itself.</summary>
public interface IRecordSink
{
    /// <summary>Takes one record. The sink gives it sequence, length and checksum; those header fields are ignored.</summary>
    /// <param name="header">Kind, flags, subject, times and tag.</param>
    /// <param name="payload">Any length up to the format's limit; padded with zeros to a multiple of 8. Copied before the call returns.</param>
    void Append(in RecordHeader header, ReadOnlySpan<byte> payload);
}
