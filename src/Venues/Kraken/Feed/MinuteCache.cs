using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Parallax.Domain;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed;

/// <summary>Reads times with six decimals, <c>2023-07-30T15:30:01.581227Z</c>, remembering the minute that the last one was in.</summary>
internal struct MinuteCache
{
    /// <summary>Characters of such a time.</summary>
    public const int TimeLength = 27;

    private Vector128<byte> _minute;
    private long _minuteNanos;

    /// <param name="text">The time and one more byte.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryParse(ReadOnlySpan<byte> text, out long nanos)
    {
        var minute = Vector128.Create(text);
        if (minute != _minute)
        {
            return TryParseAnew(text, out nanos);
        }

        // ":SS." and "ffffffZ": the second and the fraction, each with its marks around it.
        var second = BinaryPrimitives.ReadUInt32LittleEndian(text[16..]);
        var fraction = BinaryPrimitives.ReadUInt64LittleEndian(text[20..]) << 8 >> 8;
        var tens = ((second >> 8) & 0xFF) - '0';
        var ones = ((second >> 16) & 0xFF) - '0';
        nanos = 0;
        if ((second & 0xFF00_00FF) != 0x2E00_003A || tens > 5 || ones > 9
            || fraction >> 48 != 'Z' || !AreDigits(fraction & 0x0000_FFFF_FFFF_FFFF))
        {
            return false;
        }

        nanos = _minuteNanos + ((tens * 10 + ones) * UtcNanos.PerSecond) + ((long)FastNumber.Digits(fraction, 6) * UtcNanos.PerMicrosecond);
        return true;
    }

    private bool TryParseAnew(ReadOnlySpan<byte> text, out long nanos)
    {
        var time = text[..TimeLength];
        if (!Rfc3339.TryParse(time, out nanos) || time[26] != 'Z' || time[19] != '.' || time[17] > '5')
        {
            return false;
        }

        var intoMinute = ((time[17] - '0') * 10) + time[18] - '0';
        _minuteNanos = nanos - (nanos % UtcNanos.PerSecond) - (intoMinute * UtcNanos.PerSecond);
        _minute = Vector128.Create(text);
        return true;
    }

    /// <summary>Whether six bytes are digits, the two above them being zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong six) =>
        ((six & 0x0000_F0F0_F0F0_F0F0) | (((six + 0x0000_0606_0606_0606) & 0x0000_F0F0_F0F0_F0F0) >> 4)) == 0x0000_3333_3333_3333;
}
