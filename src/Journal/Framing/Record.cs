using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Parallax.Journal.Framing;

/// <summary>One framed record where it lies: in a mapped file, a ring slot or a feed's buffer. A view; copies nothing.</summary>
/// <param name="bytes">At least <see cref="RecordHeader.Size"/> bytes, the header first.</param>
public readonly ref struct Record(ReadOnlySpan<byte> bytes)
{
    /// <summary>Header and payload.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public ref readonly RecordHeader Header => ref Unsafe.As<byte, RecordHeader>(ref MemoryMarshal.GetReference(Bytes));

    public ReadOnlySpan<byte> Payload => Bytes[RecordHeader.Size..];
}
