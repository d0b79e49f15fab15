using Parallax.Domain;

namespace Parallax.Venues.Wire;

/// <summary>Times as venues print them: <c>2023-07-30T15:30:01.581227Z</c>.</summary>
public static class Rfc3339
{
    private const long SecondsPerDay = 86_400;

    /// <summary>Reads a date and time with an optional fraction and an offset or Z; digits beyond nanoseconds are dropped.</summary>
    /// <param name="nanos">UTC nanoseconds since 1970.</param>
    /// <returns><see langword="false"/> when the text is no such time or outside the years 1970 to 2261.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long nanos)
    {
        nanos = 0;
        if (text.Length < 20
            || !Number(text[..4], out var year) || text[4] != '-'
            || !Number(text.Slice(5, 2), out var month) || text[7] != '-'
            || !Number(text.Slice(8, 2), out var day) || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !Number(text.Slice(11, 2), out var hour) || text[13] != ':'
            || !Number(text.Slice(14, 2), out var minute) || text[16] != ':'
            || !Number(text.Slice(17, 2), out var second))
        {
            return false;
        }

        // A leap second is the last instant that UTC seconds since 1970 can show: the second before, repeated.
        if (year is < 1970 or > 2261 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        var rest = text[19..];
        if (!Fraction(ref rest, out var fraction) || !Offset(rest, out var offsetSeconds))
        {
            return false;
        }

        var seconds = (DaysSince1970(year, month, day) * SecondsPerDay) + (hour * 3600) + (minute * 60) + Math.Min(second, 59) - offsetSeconds;
        nanos = (seconds * UtcNanos.PerSecond) + fraction;
        return nanos >= 0;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }

    private static bool Fraction(ref ReadOnlySpan<byte> rest, out long nanos)
    {
        nanos = 0;
        if (rest.IsEmpty || rest[0] != '.')
        {
            return true;
        }

        var place = UtcNanos.PerSecond;
        var i = 1;
        for (; i < rest.Length && rest[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            place /= 10;
            nanos += (rest[i] - '0') * place;
        }

        rest = rest[i..];
        return i > 1;
    }

    /// <summary>Seconds that local time is ahead of UTC.</summary>
    private static bool Offset(ReadOnlySpan<byte> rest, out int seconds)
    {
        seconds = 0;
        if (rest.Length == 1)
        {
            return rest[0] is (byte)'Z' or (byte)'z';
        }

        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':'
            || !Number(rest.Slice(1, 2), out var hours) || !Number(rest.Slice(4, 2), out var minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        seconds = ((hours * 60) + minutes) * (rest[0] == '-' ? -60 : 60);
        return true;
    }

    /// <summary>Counts from March, so that the leap day ends the year (H. Hinnant, "chrono-compatible low-level date algorithms").</summary>
    private static long DaysSince1970(int year, int month, int day)
    {
        var y = month <= 2 ? year - 1 : year;
        var era = y / 400;
        var yearOfEra = y - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097L) + dayOfEra - 719_468;
    }
}
