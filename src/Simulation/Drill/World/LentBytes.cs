using System.Buffers;

namespace Parallax.Simulation.Drill.World;

/// <summary>Bytes one behind the other, in an array that is lent and given back: thousands of worlds are made one after another, each with a disk.</summary>
internal sealed class LentBytes : IDisposable
{
    private const int SizeFirst = 64 << 10;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(SizeFirst);

    public int Size { get; private set; }

    /// <summary>Valid until the next change of their number.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Size);

    /// <inheritdoc cref="Memory"/>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Size);

    public ref byte this[int at] => ref _bytes.AsSpan(0, Size)[at];

    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Add(bytes.Length));

    /// <summary>Makes room behind the last byte.</summary>
    /// <returns>The room, to be written whole.</returns>
    public Span<byte> Add(int size)
    {
        if (Size + size > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, Size + size));
            Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        Size += size;
        return _bytes.AsSpan(Size - size, size);
    }

    public void CutTo(int size) => Size = Math.Min(size, Size);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, Size) = ([], 0);
    }
}
