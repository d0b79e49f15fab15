using System.Buffers.Binary;
using Parallax.Domain;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Files;

/// <summary>Tells a torn tail, which may be cut, from damage, which may not: after a torn tail nothing sound follows.</summary>
internal static class TailSearch
{
    // A search that would check more bytes than this against their checksums (only a file made for it gets there) ends undecided.
    private const long CheckedBytesMax = 256 << 20;

    /// <summary>The torn tail that starts at <paramref name="offset"/>, where no acceptable record stands.</summary>
    /// <exception cref="DamagedFileException">Something sound follows, or stands there and does not belong.</exception>
    public static TornTail Judge(MappedRecords file, long offset, ulong sequence, long receivedTimeBefore)
    {
        var left = file.Size - offset;
        var reason = Incompleteness(file, offset, left);
        if (reason is null)
        {
            throw new DamagedFileException(file.Path, offset, sequence, Misplacement(file, offset, sequence, receivedTimeBefore));
        }

        if (WhatFollows(file, offset, left, sequence) is { } follower)
        {
            throw new DamagedFileException(file.Path, offset, sequence, $"{reason}, and {follower}");
        }

        return new TornTail(file.Path, offset, left, sequence, reason);
    }

    /// <summary>Why the bytes are no complete record; <see langword="null"/> when they are one.</summary>
    private static string? Incompleteness(MappedRecords file, long offset, long left)
    {
        if (left < RecordHeader.Size)
        {
            return $"{left} of {RecordHeader.Size} header bytes stand there";
        }

        var length = new Record(file.Bytes(offset, RecordHeader.Size)).Header.Length;
        if (!RecordFramer.IsLength(length, long.MaxValue))
        {
            return $"a length of {length} is no record's";
        }

        if (length > left)
        {
            return $"{left} of its {length} bytes stand there";
        }

        return RecordFramer.IsSound(file.Bytes(offset, (int)length)) ? null : "its checksum does not match";
    }

    private static string Misplacement(MappedRecords file, long offset, ulong sequence, long receivedTimeBefore)
    {
        var header = new Record(file.Bytes(offset, RecordHeader.Size)).Header;
        return header.Sequence != sequence ? $"record {header.Sequence} stands there"
            : header.Kind == 0 ? "a record of kind 0 stands there"
            : $"its received time {new UtcNanos(header.ReceivedTime)} comes before {new UtcNanos(receivedTimeBefore)} of the record before it";
    }

    /// <summary>What speaks for data behind the gap; <see langword="null"/> when the rest is what one unfinished write leaves.</summary>
    private static string? WhatFollows(MappedRecords file, long offset, long left, ulong sequence)
    {
        if (left > RecordFramer.RecordSizeMax)
        {
            return "more follows than one record can hold";
        }

        var rest = file.Bytes(offset, (int)left);
        var budget = CheckedBytesMax;
        // At any offset, not only at multiples of 8: bytes may be missing or too many.
        for (var at = 1; at <= rest.Length - RecordHeader.Size; at++)
        {
            // The sequence decides almost alone: from the gap to here at most one record per 40 bytes was lost.
            var ahead = BinaryPrimitives.ReadUInt64LittleEndian(rest[(at + 8)..]) - sequence;
            if (ahead > (ulong)(at / RecordHeader.Size) + 1)
            {
                continue;
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[at..]);
            if (!RecordFramer.IsLength(length, rest.Length - at))
            {
                continue;
            }

            if (RecordFramer.IsSound(rest[at..]))
            {
                return $"sound record {sequence + ahead} follows at offset {offset + at}";
            }

            if ((budget -= length) < 0)
            {
                return "what follows is neither records nor clearly an unfinished write";
            }
        }

        return null;
    }
}
