using System.Globalization;
using System.Text.Json;
using Parallax.Reporting.Sessions;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Bench.Soak;

/// <summary>Compares the engine's books with the server's, level by level, once the market is held.</summary>
internal static class SoakBooks
{
    /// <summary>The symbols whose ten best levels differ in any price or quantity.</summary>
    public static async Task<IReadOnlyList<string>> DifferingAsync(Uri server, KrakenListing listing, IReadOnlyList<BookView> books, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = server };
        var differing = new List<string>();
        for (var number = 0; number < listing.Pairs.Count; number++)
        {
            using var answer = JsonDocument.Parse(await http.GetStringAsync($"/0/public/Depth?pair={listing.Pairs[number].Key}&count=10", cancellation));
            var depth = answer.RootElement.GetProperty("result").EnumerateObject().Single().Value;
            if (!Levels(depth, "bids").SequenceEqual(books[number].Bids) || !Levels(depth, "asks").SequenceEqual(books[number].Asks))
            {
                differing.Add(listing.Instruments[number].Symbol);
            }
        }

        return differing;
    }

    private static IEnumerable<PriceLevel> Levels(JsonElement depth, string side) =>
        depth.GetProperty(side).EnumerateArray().Select(level => new PriceLevel(Number(level[0]), Number(level[1])));

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
