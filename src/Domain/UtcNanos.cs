using System.Globalization;

namespace Parallax.Domain;

/// <summary>A moment: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds. Covers the years 1678 to 2262.</summary>
public readonly record struct UtcNanos(long Value) : IComparable<UtcNanos>
{
    public const long PerMicrosecond = 1_000;
    public const long PerMillisecond = 1_000_000;
    public const long PerSecond = 1_000_000_000;

    public static UtcNanos FromUnixMilliseconds(long value) => new(checked(value * PerMillisecond));

    public static UtcNanos FromUnixMicroseconds(long value) => new(checked(value * PerMicrosecond));

    public static UtcNanos From(DateTimeOffset time) => new(checked((time.UtcTicks - DateTime.UnixEpoch.Ticks) * 100));

    /// <summary>Rounded down to the 100 ns that <see cref="DateTimeOffset"/> can hold.</summary>
    public DateTimeOffset ToDateTimeOffset() => new(DateTime.UnixEpoch.Ticks + Math.DivRem(Value, 100).Quotient, TimeSpan.Zero);

    public UtcNanos AddNanos(long nanos) => new(checked(Value + nanos));

    /// <summary>Nanoseconds from <paramref name="earlier"/> to this; negative when this comes first.</summary>
    public long NanosSince(UtcNanos earlier) => checked(Value - earlier.Value);

    public int CompareTo(UtcNanos other) => Value.CompareTo(other.Value);

    public static bool operator <(UtcNanos left, UtcNanos right) => left.Value < right.Value;

    public static bool operator >(UtcNanos left, UtcNanos right) => left.Value > right.Value;

    public static bool operator <=(UtcNanos left, UtcNanos right) => left.Value <= right.Value;

    public static bool operator >=(UtcNanos left, UtcNanos right) => left.Value >= right.Value;

    /// <summary>ISO 8601 with nine decimals: <c>2021-04-17T16:45:42.586266000Z</c>.</summary>
    public override string ToString()
    {
        var seconds = Math.DivRem(Value, PerSecond, out var nanos);
        if (nanos < 0)
        {
            nanos += PerSecond;
            seconds--;
        }

        var time = DateTime.UnixEpoch.AddSeconds(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd'T'HH:mm:ss}.{nanos:D9}Z");
    }

    /// <summary>Reads ISO 8601 in UTC (a trailing Z or an offset; up to nine decimals) or whole nanoseconds since 1970.</summary>
    public static bool TryParse(string text, out UtcNanos time)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nanos))
        {
            time = new UtcNanos(nanos);
            return true;
        }

        time = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var fractionNanos = 0L;
        var whole = text;
        if (dot >= 0)
        {
            var end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            var digits = end - dot - 1;
            if (digits is < 1 or > 9)
            {
                return false;
            }

            fractionNanos = long.Parse(text.AsSpan(dot + 1, digits).ToString().PadRight(9, '0'), CultureInfo.InvariantCulture);
            whole = string.Concat(text.AsSpan(0, dot), text.AsSpan(end));
        }

        if (!DateTimeOffset.TryParse(whole, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            || parsed.Year is < 1678 or > 2261)
        {
            return false;
        }

        time = From(parsed).AddNanos(fractionNanos);
        return true;
    }
}
