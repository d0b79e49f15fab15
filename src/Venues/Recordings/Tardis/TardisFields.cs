using System.Buffers.Text;
using Parallax.Domain;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Symbols;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Tardis;

/// <summary>Reads the fields that the two tardis.dev layouts share.</summary>
internal static class TardisFields
{
    // Later than this, microseconds no longer fit into nanoseconds of 64 bits.
    private const long MicrosecondsMax = long.MaxValue / UtcNanos.PerMicrosecond;

    /// <returns>UTC nanoseconds.</returns>
    public static long Time(ReadOnlySpan<byte> field, string name) =>
        Utf8Parser.TryParse(field, out long micros, out var used) && used == field.Length && micros is >= 0 and <= MicrosecondsMax
            ? micros * UtcNanos.PerMicrosecond
            : throw new BadLineException($"{name} is whole microseconds since 1970; found {Excerpt.Of(field)}");

    /// <summary>The listing a row is about; the one before, when the row names the same.</summary>
    public static Listing Listing(ListingTable listings, ReadOnlySpan<byte> exchange, ReadOnlySpan<byte> symbol)
    {
        foreach (var c in exchange)
        {
            if (c is not ((>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-'))
            {
                throw NoVenue(exchange);
            }
        }

        if (exchange.Length is 0 or > 32)
        {
            throw NoVenue(exchange);
        }

        var listing = listings.Get(exchange, symbol);
        listing.Kind ??= TardisVenues.KindOf(listing.Venue, listing.Symbol);
        return listing;
    }

    public static WireNumber Price(ReadOnlySpan<byte> field) =>
        WireNumber.TryParse(field, out var price) && price.Digits > 0
            ? price
            : throw new BadLineException($"price is a positive decimal number of at most 18 digits; found {Excerpt.Of(field)}");

    private static BadLineException NoVenue(ReadOnlySpan<byte> exchange) =>
        new($"exchange is 1 to 32 lower-case letters, digits or dashes; found {Excerpt.Of(exchange)}");
}
