using System.Globalization;
using Parallax.Domain;

namespace Parallax.Dashboard.Words;

/// <summary>Figures as the page prints them: never more digits than matter, a gain never rounded up, a sign where sign is the message.</summary>
public static class Show
{
    /// <summary>What stands where nothing is known; the title beside it says why.</summary>
    public const string Nothing = "–";

    private const string Minus = "\u2212";
    private static readonly HashSet<string> Cents = new(["USD", "EUR", "GBP", "CHF", "USDT", "USDC", "DAI", "PYUSD", "AUD", "CAD"], StringComparer.Ordinal);

    /// <summary>Money of a plan or a day: two decimals, four below a cent. With its sign, none at zero.</summary>
    public static string Signed(decimal amount) => Sign(amount) + Digits(Math.Abs(Round(amount)), MoneyDecimals(amount));

    /// <summary>Edge and other bps: two decimals, signed.</summary>
    public static string Bps(decimal bps) => Sign(decimal.Round(bps, 2, MidpointRounding.ToNegativeInfinity)) + Digits(Math.Abs(decimal.Round(bps, 2, MidpointRounding.ToNegativeInfinity)), 2);

    /// <summary>An amount owned or spent: cents for currencies, for coins the decimals that are worth reading. Dust below them is said to be below them.</summary>
    public static string Amount(decimal amount, string asset)
    {
        var decimals = Cents.Contains(asset) ? 2 : Math.Abs(amount) switch
        {
            >= 10_000m => 2,
            >= 1m => 4,
            0m => 2,
            >= 0.001m => 6,
            _ => 8,
        };
        var down = decimal.Round(amount, decimals, MidpointRounding.ToZero);
        return down == 0m && amount != 0m ? "< " + Digits(new decimal(1, 0, 0, isNegative: false, (byte)decimals), decimals) : (down < 0m ? Minus : "") + Digits(Math.Abs(down), decimals);
    }

    /// <summary>Every digit, for titles and the explain view.</summary>
    public static string Exact(decimal amount) => Decimals.Plain(amount).Replace("-", Minus, StringComparison.Ordinal);

    public static string ExactSigned(decimal amount) => (amount > 0m ? "+" : "") + Exact(amount);

    public static string Price(decimal price, int decimals) => Digits(price, decimals);

    /// <summary>A share of one: <c>62.5 %</c>.</summary>
    public static string Percent(decimal? share) =>
        share is { } value ? Digits(decimal.Round(value * 100m, 1, MidpointRounding.ToZero), 1) + " %" : Nothing;

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A duration in the unit that needs the fewest digits: <c>840 µs</c>, <c>12 ms</c>, <c>3.4 s</c>, <c>5 min</c>, <c>2 h 05</c>.</summary>
    public static string Duration(long nanos) => nanos switch
    {
        < 0 => Minus + Duration(-nanos),
        < UtcNanos.PerMicrosecond => $"{nanos} ns",
        < 10 * UtcNanos.PerMicrosecond => Digits(nanos / 1_000m, 1) + " µs",
        < UtcNanos.PerMillisecond => $"{nanos / UtcNanos.PerMicrosecond} µs",
        < 10 * UtcNanos.PerMillisecond => Digits(nanos / 1_000_000m, 1) + " ms",
        < UtcNanos.PerSecond => $"{nanos / UtcNanos.PerMillisecond} ms",
        < 60 * UtcNanos.PerSecond => Digits(decimal.Round(nanos / 1_000_000_000m, 1, MidpointRounding.ToZero), 1) + " s",
        < 3_600 * UtcNanos.PerSecond => $"{nanos / (60 * UtcNanos.PerSecond)} min {nanos / UtcNanos.PerSecond % 60:D2} s",
        _ => $"{nanos / (3_600 * UtcNanos.PerSecond)} h {nanos / (60 * UtcNanos.PerSecond) % 60:D2} min",
    };

    /// <summary>A duration in whole seconds, for what counts on in front of a reader: <c>25 s</c>, <c>2 h 05 min</c>.</summary>
    public static string Seconds(long nanos) => nanos < UtcNanos.PerSecond ? "< 1 s"
        : nanos < 60 * UtcNanos.PerSecond ? $"{nanos / UtcNanos.PerSecond} s"
        : nanos < 86_400 * UtcNanos.PerSecond ? Duration(nanos)
        : $"{nanos / (86_400 * UtcNanos.PerSecond)} d {nanos / (3_600 * UtcNanos.PerSecond) % 24} h";

    /// <summary><c>12:31:07.123</c>, UTC.</summary>
    public static string Clock(long time) => new UtcNanos(time).ToDateTimeOffset().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 to the nanosecond.</summary>
    public static string Iso(long time) => new UtcNanos(time).ToString();

    /// <summary>A path for people: <c>USD → BTC → ETH → USD</c>.</summary>
    public static string Cycle(string cycle) => cycle.Replace(">", " → ", StringComparison.Ordinal);

    /// <summary><c>gain</c>, <c>loss</c> or nothing: the colour that goes with the sign.</summary>
    public static string Tone(decimal? amount) => amount switch
    {
        > 0m => "gain",
        < 0m => "loss",
        _ => "",
    };

    private static decimal Round(decimal amount) => decimal.Round(amount, MoneyDecimals(amount), MidpointRounding.ToNegativeInfinity);

    private static int MoneyDecimals(decimal amount) => amount != 0m && Math.Abs(amount) < 0.01m ? 4 : 2;

    private static string Sign(decimal amount) => amount switch
    {
        > 0m => "+",
        < 0m => Minus,
        _ => "",
    };

    private static string Digits(decimal amount, int decimals) => amount.ToString("N" + decimals, CultureInfo.InvariantCulture);
}
