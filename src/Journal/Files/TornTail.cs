namespace Parallax.Journal.Files;

/// <summary>Bytes at the end of a file that are no complete record: what a crash in the middle of a write leaves behind.</summary>
/// <param name="Offset">Where the last sound record ends.</param>
/// <param name="Bytes">From there to the end of the file; positive.</param>
/// <param name="Sequence">Of the record that was being written.</param>
/// <param name="Reason">What is missing; no final period.</param>
public sealed record TornTail(string Path, long Offset, long Bytes, ulong Sequence, string Reason)
{
    public override string ToString() => $"{Path} ends in {Bytes} bytes of a torn record {Sequence} at offset {Offset}: {Reason}.";
}
