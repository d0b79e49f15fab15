using System.Globalization;
using Parallax.Domain;

namespace Parallax.Trading.Risk;

/// <summary>Times of the UTC day at which no plan is opened: <c>22:00-23:30,04:00-04:15</c>. The start belongs to it, the end does not.</summary>
public sealed record QuietHours
{
    private const long MinuteNanos = 60 * UtcNanos.PerSecond;
    private const int MinutesPerDay = 24 * 60;

    private readonly (int From, int Until)[] _ranges;

    private QuietHours((int From, int Until)[] ranges) => _ranges = ranges;

    public static QuietHours None { get; } = new([]);

    /// <returns>False when a range is not <c>HH:mm-HH:mm</c> with different ends. One that ends before it starts passes midnight.</returns>
    public static bool TryParse(string text, out QuietHours hours)
    {
        var ranges = new List<(int, int)>();
        hours = None;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('-') is not [var from, var until] || !TryMinute(from, out var start) || !TryMinute(until, out var end) || start == end)
            {
                return false;
            }

            ranges.Add((start, end));
        }

        hours = new QuietHours([.. ranges]);
        return true;
    }

    public bool Contains(long timeNanos)
    {
        var minute = (int)(timeNanos / MinuteNanos % MinutesPerDay);
        foreach (var (from, until) in _ranges)
        {
            if (from < until ? minute >= from && minute < until : minute >= from || minute < until)
            {
                return true;
            }
        }

        return false;
    }

    public bool Equals(QuietHours? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>What <see cref="TryParse"/> reads.</summary>
    public override string ToString() => string.Join(',', _ranges.Select(range => $"{Clock(range.From)}-{Clock(range.Until)}"));

    private static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    private static bool TryMinute(string text, out int minute)
    {
        minute = 0;
        if (text.Length != 5 || !TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }

        minute = (time.Hour * 60) + time.Minute;
        return true;
    }
}
