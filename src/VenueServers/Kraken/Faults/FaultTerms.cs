using System.Globalization;

namespace Parallax.VenueServers.Kraken.Faults;

/// <summary>What goes wrong, and how often. Every value is a probability, 0 to 1; the default is 0.</summary>
public sealed record FaultTerms
{
    public static FaultTerms None { get; } = new();

    /// <summary>A market data message ends its connection instead of being sent.</summary>
    public double Disconnect { get; init; }

    /// <summary>A book message carries a wrong checksum.</summary>
    public double Checksum { get; init; }

    /// <summary>A market data message is not sent.</summary>
    public double Drop { get; init; }

    /// <summary>A market data message is sent twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>A market data message is cut in half.</summary>
    public double Truncate { get; init; }

    /// <summary>The answer to an order comes 200 to 1500 ms late; its executions do not.</summary>
    public double Delay { get; init; }

    /// <summary>An order is refused for no fault of its own.</summary>
    public double Reject { get; init; }

    /// <summary>The answer to an order never comes; the order lives.</summary>
    public double LostAck { get; init; }

    /// <summary>In a second, that a maintenance of five seconds begins: orders are refused, market data goes on.</summary>
    public double Maintenance { get; init; }

    /// <summary>Maintenances that begin and end at given times after the start; empty by default.</summary>
    public IReadOnlyList<(TimeSpan From, TimeSpan To)> Maintenances { get; init; } = [];

    /// <summary>Reads <c>disconnect=0.001,checksum=0.0005</c>; the names are those of the properties in lower case, <c>lost-ack</c> with a dash. <c>maintenance@30s..40s</c> is one at a time.</summary>
    /// <exception cref="FormatException">Says which part is off and which names there are.</exception>
    public static FaultTerms Parse(string text)
    {
        var terms = None;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith(MaintenanceAt, StringComparison.Ordinal))
            {
                terms = terms with { Maintenances = [.. terms.Maintenances, Span(part)] };
                continue;
            }

            var (name, value) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : (part, "");
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var chance) || !(chance is >= 0 and <= 1))
            {
                throw new FormatException($"A fault is written name=probability, 0 to 1, such as checksum=0.0005; found '{part}'.");
            }

            terms = name switch
            {
                "disconnect" => terms with { Disconnect = chance },
                "checksum" => terms with { Checksum = chance },
                "drop" => terms with { Drop = chance },
                "duplicate" => terms with { Duplicate = chance },
                "truncate" => terms with { Truncate = chance },
                "delay" => terms with { Delay = chance },
                "reject" => terms with { Reject = chance },
                "lost-ack" => terms with { LostAck = chance },
                "maintenance" => terms with { Maintenance = chance },
                _ => throw new FormatException(
                    $"There is no fault '{name}'. There are disconnect, checksum, drop, duplicate, truncate, delay, reject, lost-ack and maintenance."),
            };
        }

        return terms;
    }

    private const string MaintenanceAt = "maintenance@";

    private static (TimeSpan, TimeSpan) Span(string part)
    {
        var times = part[MaintenanceAt.Length..].Split("..");
        return times.Length == 2 && Seconds(times[0]) is { } from && Seconds(times[1]) is { } to && from < to
            ? (from, to)
            : throw new FormatException($"A maintenance at a time is written maintenance@30s..40s, in seconds after the start; found '{part}'.");

        static TimeSpan? Seconds(string text) =>
            text.EndsWith('s') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86_400
                ? TimeSpan.FromSeconds(seconds)
                : null;
    }

    /// <summary>As <see cref="Parse"/> reads it; empty when nothing goes wrong.</summary>
    public override string ToString()
    {
        (string Name, double Chance)[] all =
        [
            ("disconnect", Disconnect), ("checksum", Checksum), ("drop", Drop), ("duplicate", Duplicate), ("truncate", Truncate),
            ("delay", Delay), ("reject", Reject), ("lost-ack", LostAck), ("maintenance", Maintenance),
        ];
        var chances = all.Where(fault => fault.Chance > 0).Select(fault => string.Create(CultureInfo.InvariantCulture, $"{fault.Name}={fault.Chance}"));
        return string.Join(',', chances.Concat(Maintenances.Select(one => $"{MaintenanceAt}{one.From.TotalSeconds:F0}s..{one.To.TotalSeconds:F0}s")));
    }
}
