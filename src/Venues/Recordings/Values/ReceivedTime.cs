using System.Buffers.Text;
using System.Text;
using Parallax.Domain;

namespace Parallax.Venues.Recordings.Values;

/// <summary>Reads the moments that recorders write before a frame: the unit is told by the size of the number.</summary>
internal static class ReceivedTime
{
    // Unix times from 1973 to 5138 are told apart by magnitude alone: 1e8..1e11 s, 1e11..1e14 ms, 1e14..1e17 µs, above that ns.
    private const long SecondsBelow = 100_000_000_000, MillisecondsBelow = SecondsBelow * 1_000, MicrosecondsBelow = MillisecondsBelow * 1_000;

    /// <summary>Unix seconds, ms, µs or ns, with or without a fraction, or ISO 8601; digits finer than a nanosecond are cut off.</summary>
    /// <param name="nanos">UTC nanoseconds since 1970.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long nanos)
    {
        nanos = 0;
        if (text.Length is 0 or > 40 || text[0] is < (byte)'0' or > (byte)'9')
        {
            return false;
        }

        if (text.IndexOfAny((byte)'-', (byte)'T') > 0)
        {
            return TryIso(text, out nanos);
        }

        if (!Utf8Parser.TryParse(text, out long whole, out var used))
        {
            return false;
        }

        var scale = whole switch
        {
            < SecondsBelow => UtcNanos.PerSecond,
            < MillisecondsBelow => UtcNanos.PerMillisecond,
            < MicrosecondsBelow => UtcNanos.PerMicrosecond,
            _ => 1L,
        };
        if (whole > long.MaxValue / scale - 1)
        {
            return false;
        }

        nanos = whole * scale;
        return used == text.Length || (text[used] == '.' && TryFraction(text[(used + 1)..], scale, ref nanos));
    }

    /// <summary>ISO 8601 as venues write it, for example <c>2026-08-26T15:16:16.637831Z</c>.</summary>
    public static bool TryIso(ReadOnlySpan<byte> text, out long nanos)
    {
        nanos = 0;
        if (text.Length is < 10 or > 40 || !Ascii.IsValid(text) || !UtcNanos.TryParse(Encoding.ASCII.GetString(text), out var time) || time.Value < 0)
        {
            return false;
        }

        nanos = time.Value;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> digits, long scale, ref long nanos)
    {
        if (digits.IsEmpty)
        {
            return false;
        }

        foreach (var c in digits)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            scale /= 10;
            nanos += (c - '0') * scale;
        }

        return true;
    }
}
