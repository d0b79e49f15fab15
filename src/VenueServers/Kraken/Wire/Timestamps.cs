using System.Globalization;
using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Wire;

/// <summary>Moments as Kraken prints them.</summary>
internal static class Timestamps
{
    /// <summary>RFC 3339 with six decimals: <c>2023-09-25T09:04:31.742599Z</c>.</summary>
    /// <param name="nanos">UTC nanoseconds; cut to microseconds.</param>
    public static string Rfc3339(long nanos) =>
        new UtcNanos(nanos).ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Unix seconds with four decimals, as REST answers carry them.</summary>
    public static decimal UnixSeconds(long nanos) => decimal.Round(nanos / (decimal)UtcNanos.PerSecond, 4, MidpointRounding.ToZero);
}
