using System.Runtime.CompilerServices;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Files;

/// <summary>A place between two records, to come back to.</summary>
/// <param name="Offset">Of the next record, in bytes.</param>
/// <param name="Sequence">Of the record before; zero at the start.</param>
/// <param name="ReceivedTime">Of the record before, UTC nanoseconds.</param>
public readonly record struct RecordPosition(long Offset, ulong Sequence, long ReceivedTime);

/// <summary>Reads the records of one file in order and verifies each: length, sequence, received time, checksum.</summary>
/// <remarks>
/// A mutable value: a copy is a second, independent cursor. Many may read one file, on any threads; using one after the file was
/// closed throws <see cref="ObjectDisposedException"/>. A record is a view into the mapped file, good until the file is closed.
/// Allocates nothing.
/// </remarks>
public unsafe struct RecordCursor
{
    private readonly MappedRecords _file;
    private long _offset;
    private ulong _sequence;
    private long _receivedTime;

    internal RecordCursor(MappedRecords file, RecordPosition start)
    {
        _file = file;
        Position = start;
    }

    /// <summary>False for a default value, which belongs to no file.</summary>
    internal readonly bool IsOpen => _file is not null;

    /// <summary>Where the next record starts. A position taken from another file is found out by the next read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset lies outside the file's records.</exception>
    public RecordPosition Position
    {
        readonly get => new(_offset, _sequence, _receivedTime);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value.Offset, RecordFileHeader.Size);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Offset, _file.End);
            (_offset, _sequence, _receivedTime) = value;
        }
    }

    /// <summary>The next record, verified.</summary>
    /// <returns><see langword="false"/> at the end of the file, and where a torn tail begins: the file then has one.</returns>
    /// <exception cref="DamagedFileException">What stands there is not what was written. The cursor stays before it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out Record record)
    {
        var at = _file.At(_offset);
        if (IsNext(at))
        {
            ref readonly var header = ref *(RecordHeader*)at;
            if (RecordChecksum.OfRecord(in *at, header.Length) == header.Checksum)
            {
                record = new Record(new ReadOnlySpan<byte>(at, (int)header.Length));
                Step(in header);
                return true;
            }
        }

        record = default;
        End();
        return false;
    }

    /// <summary>The next record's header, not yet verified against its checksum; the cursor stays.</summary>
    /// <returns><see langword="false"/> as <see cref="TryRead"/>.</returns>
    /// <exception cref="DamagedFileException">What stands there is no header that belongs there.</exception>
    public readonly bool TryPeek(out RecordHeader header)
    {
        var at = _file.At(_offset);
        if (IsNext(at))
        {
            header = *(RecordHeader*)at;
            return true;
        }

        header = default;
        End();
        return false;
    }

    /// <summary>What the next record seems to be about. Nothing is verified: a hint for fetching ahead, not a record.</summary>
    /// <returns><see langword="false"/> at the end of the file.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryGuessSubject(out ushort subject)
    {
        if (_file.End - _offset < RecordHeader.Size)
        {
            subject = 0;
            return false;
        }

        subject = ((RecordHeader*)_file.At(_offset))->Subject;
        return true;
    }

    /// <summary>Passes one record without reading its payload or verifying its checksum.</summary>
    /// <returns>As <see cref="TryPeek"/>.</returns>
    /// <exception cref="DamagedFileException">As <see cref="TryPeek"/>.</exception>
    public bool Skip()
    {
        if (!TryPeek(out var header))
        {
            return false;
        }

        Step(in header);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsNext(byte* at)
    {
        var left = _file.End - _offset;
        ref readonly var header = ref *(RecordHeader*)at;
        return left >= RecordHeader.Size
            && RecordFramer.IsLength(header.Length, left)
            && header.Sequence == _sequence + 1
            && header.ReceivedTime >= _receivedTime
            && header.Kind != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step(ref readonly RecordHeader header)
    {
        _offset += header.Length;
        _sequence = header.Sequence;
        _receivedTime = header.ReceivedTime;
    }

    private readonly void End() => _file.EndAt(_offset, _sequence + 1, _receivedTime);
}
