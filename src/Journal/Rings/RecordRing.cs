using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Rings;

/// <summary>A queue of framed records between two threads: one appends, one reads them where they lie. No lock, no copy out, no allocation.</summary>
/// <remarks>
/// <para>Records lie one behind the other at multiples of 8, in one piece; where the rest of the buffer is too short for a record, it is
/// skipped. That is why a record may be half as large as the ring at the most: then it fits into an empty ring wherever that stands.</para>
/// <para>Each thread keeps what it last saw of the other's cursor and looks again only when that is used up, so the cache lines of the
/// cursors travel once a batch and not once a record. Sequences count the records of this ring; the checksum is not set: memory is not a disk.</para>
/// </remarks>
public sealed class RecordRing
{
    /// <summary>Enough for some 15,000 book updates.</summary>
    public const int DefaultCapacity = 1 << 20;

    private const int CapacityMin = 1 << 8;

    private readonly byte[] _bytes;
    private readonly int _mask;
    private Cursors _at;

    /// <param name="capacity">In bytes: a power of two, 256 or more.</param>
    public RecordRing(int capacity = DefaultCapacity)
    {
        if (capacity < CapacityMin || (capacity & (capacity - 1)) != 0)
        {
            throw new ArgumentException($"A ring's capacity is a power of two of at least {CapacityMin} bytes; found {capacity}.", nameof(capacity));
        }

        _bytes = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
        _mask = capacity - 1;
    }

    public int Capacity => _bytes.Length;

    /// <summary>The largest record that is taken, header and padding included: half of the capacity.</summary>
    public int RecordSizeMax => _bytes.Length / 2;

    /// <summary>Appends a record and lets the reader see it. Producer only.</summary>
    /// <returns><see langword="false"/> when there is no room; nothing was taken.</returns>
    /// <exception cref="ArgumentException">The record is larger than <see cref="RecordSizeMax"/>.</exception>
    public bool TryAppend(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (!TryStage(header, payload))
        {
            return false;
        }

        Publish();
        return true;
    }

    /// <summary>Appends a record that the reader sees only after the next <see cref="Publish"/>: several for the price of one. Producer only.</summary>
    /// <returns>As <see cref="TryAppend"/>.</returns>
    /// <exception cref="ArgumentException">As <see cref="TryAppend"/>.</exception>
    public bool TryStage(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var size = RecordFramer.RecordSize(payload.Length);
        if (size > RecordSizeMax)
        {
            throw new ArgumentException($"A record in this ring is {RecordSizeMax} bytes at the most, half of the ring; found {size}.", nameof(payload));
        }

        var offset = (int)(_at.Written & _mask);
        var rest = _bytes.Length - offset;
        var skipped = size <= rest ? 0 : rest;
        var end = _at.Written + skipped + size;
        if (end - _at.ReleasedSeen > _bytes.Length && !HasRoom(end))
        {
            return false;
        }

        ref var target = ref At(offset);
        if (skipped > 0)
        {
            Unsafe.As<byte, uint>(ref target) = 0;
            target = ref At(0);
        }

        ref var written = ref Unsafe.As<byte, RecordHeader>(ref target);
        written = header;
        written.Length = (uint)size;
        written.Sequence = ++_at.Sequence;
        var body = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, RecordHeader.Size), size - RecordHeader.Size);
        payload.CopyTo(body);
        body[payload.Length..].Clear();
        _at.Written = end;
        return true;
    }

    /// <summary>Lets the reader see everything appended so far. Producer only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish() => Volatile.Write(ref _at.Published, _at.Written);

    /// <summary>Whether the reader has nothing before it. Consumer only.</summary>
    public bool IsEmpty => _at.Read == Volatile.Read(ref _at.Published);

    /// <summary>The oldest record, where it lies. The bytes are the reader's, to read and to change, until <see cref="Release"/>. Consumer only.</summary>
    /// <returns><see langword="false"/> when there is none.</returns>
    public bool TryPeek(out Record record)
    {
        if (_at.Read == _at.PublishedSeen && !HasMore())
        {
            record = default;
            return false;
        }

        ref var first = ref At((int)(_at.Read & _mask));
        if (Unsafe.As<byte, uint>(ref first) == 0)
        {
            // The rest of the buffer was too short; the record that did not fit was published together with this mark.
            _at.Read += _bytes.Length - (_at.Read & _mask);
            first = ref At(0);
        }

        record = new Record(MemoryMarshal.CreateReadOnlySpan(ref first, (int)Unsafe.As<byte, uint>(ref first)));
        return true;
    }

    /// <summary>Gives the room of the record that <see cref="TryPeek"/> showed back to the producer. Consumer only; once for each record.</summary>
    public void Release()
    {
        _at.Read += Unsafe.As<byte, uint>(ref At((int)(_at.Read & _mask)));
        if (_at.Read - _at.ReleasedLast > _bytes.Length / 4)
        {
            GiveBack();
        }
    }

    private bool HasRoom(long end)
    {
        _at.ReleasedSeen = Volatile.Read(ref _at.Released);
        return end - _at.ReleasedSeen <= _bytes.Length;
    }

    private bool HasMore()
    {
        if (_at.ReleasedLast != _at.Read)
        {
            GiveBack();
        }

        _at.PublishedSeen = Volatile.Read(ref _at.Published);
        return _at.Read != _at.PublishedSeen;
    }

    private void GiveBack()
    {
        _at.ReleasedLast = _at.Read;
        Volatile.Write(ref _at.Released, _at.Read);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(int offset) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), offset);

    /// <summary>Positions in bytes since the ring was made. 128 bytes apart: processors fetch lines of 64 bytes in pairs.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 5 * 128)]
    private struct Cursors
    {
        // The producer's own.
        [FieldOffset(128)]
        public long Written;

        [FieldOffset(136)]
        public long ReleasedSeen;

        [FieldOffset(144)]
        public ulong Sequence;

        // Written by the producer, read by the consumer.
        [FieldOffset(256)]
        public long Published;

        // The consumer's own.
        [FieldOffset(384)]
        public long Read;

        [FieldOffset(392)]
        public long PublishedSeen;

        [FieldOffset(400)]
        public long ReleasedLast;

        // Written by the consumer, read by the producer.
        [FieldOffset(512)]
        public long Released;
    }
}
