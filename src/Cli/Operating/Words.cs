using System.Globalization;

namespace Parallax.Cli.Operating;

/// <summary>Figures as the operator's screens print them: never more digits than matter.</summary>
public static class Words
{
    public const string Unknown = "–";

    /// <param name="nanos">Null prints as a dash.</param>
    public static string Span(long? nanos) => nanos is not { } value ? Unknown : Math.Abs(value) switch
    {
        < 1_000 => $"{value} ns",
        < 1_000_000 => $"{Three(value, 1_000)} µs",
        < 1_000_000_000 => $"{Three(value, 1_000_000)} ms",
        < 60_000_000_000 => $"{Three(value, 1_000_000_000)} s",
        < 3_600_000_000_000 => $"{value / 60_000_000_000} min {value / 1_000_000_000 % 60} s",
        < 86_400_000_000_000 => $"{value / 3_600_000_000_000} h {value / 60_000_000_000 % 60} min",
        _ => $"{value / 86_400_000_000_000} d {value / 3_600_000_000_000 % 24} h",
    };

    /// <summary>With its sign, plus included.</summary>
    public static string SignedSpan(long? nanos) => nanos is > 0 ? $"+{Span(nanos)}" : Span(nanos);

    /// <summary>Money to the cent, small money to four digits that say something, always with its sign.</summary>
    public static string Signed(decimal amount)
    {
        if (amount == 0m)
        {
            return "0";
        }

        // Small amounts have their first four digits after the zeros.
        var decimals = 2;
        for (var scaled = Math.Abs(amount); scaled < 0.1m && decimals < 16; scaled *= 10m)
        {
            decimals += decimals == 2 ? 3 : 1;
        }

        return Domain.Decimals.Down(amount, decimals).ToString($"+#,##0.{new string('#', decimals)};-#,##0.{new string('#', decimals)};0", CultureInfo.InvariantCulture);
    }

    /// <summary>As <see cref="Signed"/>, without the plus: what something costs or is worth.</summary>
    public static string Amount(decimal amount) => Signed(amount).TrimStart('+');

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Share(decimal? share) => share is { } value ? $"{value * 100m:0} %" : Unknown;

    public static string Bytes(long bytes) => bytes switch
    {
        < 1L << 20 => $"{bytes / 1024.0:F0} KiB",
        < 1L << 30 => $"{bytes / (double)(1L << 20):F0} MiB",
        < 1L << 40 => $"{bytes / (double)(1L << 30):F1} GiB",
        _ => $"{bytes / (double)(1L << 40):F1} TiB",
    };

    private static string Three(long value, long unit)
    {
        var scaled = (double)value / unit;
        return Math.Abs(scaled).ToString(Math.Abs(scaled) < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) is var digits && value < 0 ? $"-{digits}" : digits;
    }
}
