using Parallax.Domain;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What the venue lists: chosen instruments by number, each with its pair, and how balances spell their assets.</summary>
/// <param name="Instruments">By number.</param>
/// <param name="Pairs">By number: fees, keys and statuses.</param>
/// <param name="Altnames">See <see cref="Symbols.BalanceAsset"/>.</param>
public sealed record KrakenListing(IReadOnlyList<Instrument> Instruments, IReadOnlyList<AssetPair> Pairs, IReadOnlyDictionary<string, string> Altnames);

/// <summary>Reads and chooses the venue's instruments.</summary>
/// <remarks>Left out: dark pools, tokenized shares, pairs without a feed, and what is not online (<see cref="AssetPair.IsEligible"/>).</remarks>
public static class KrakenInstruments
{
    public static VenueId Venue { get; } = new("kraken");

    /// <summary>Instruments by their symbols, in that order.</summary>
    /// <param name="symbols">In version 2 spelling: <c>BTC/USD</c>.</param>
    /// <param name="bookDepth">Levels a side; one of <see cref="KrakenLimits.BookDepths"/>.</param>
    /// <exception cref="ArgumentException">A symbol that is not listed or not open to us; the message names it.</exception>
    /// <exception cref="VenueUnavailableException">The lists cannot be had.</exception>
    public static async Task<KrakenListing> BySymbolAsync(KrakenRest rest, IReadOnlyList<string> symbols, int bookDepth, CancellationToken cancellation)
    {
        var all = await EligibleAsync(rest, bookDepth, cancellation);
        var bySymbol = all.ToDictionary(one => one.Instrument.Symbol, StringComparer.Ordinal);
        var chosen = symbols.Distinct(StringComparer.Ordinal).Select(symbol => bySymbol.TryGetValue(symbol, out var found)
            ? found
            : throw new ArgumentException($"Kraken lists no open market {symbol}; symbols are written like BTC/USD.", nameof(symbols)));
        return await ListAsync(rest, [.. chosen], cancellation);
    }

    /// <summary>The most traded instruments that close triangles among themselves, most traded first.</summary>
    /// <param name="countMax">How many of the most traded are looked at; the result has as many or fewer.</param>
    /// <param name="bookDepth">Levels a side; one of <see cref="KrakenLimits.BookDepths"/>.</param>
    /// <exception cref="VenueUnavailableException">The lists cannot be had.</exception>
    public static async Task<KrakenListing> InCyclesAsync(KrakenRest rest, int countMax, int bookDepth, CancellationToken cancellation)
    {
        var all = await EligibleAsync(rest, bookDepth, cancellation);
        var trades = Required(await rest.TickerAsync(cancellation), "Ticker").ToDictionary(row => row.Pair, row => row.TradesOfDay, StringComparer.Ordinal);
        // Ties are broken by name: the same answers give the same numbers.
        var top = all
            .OrderByDescending(one => trades.GetValueOrDefault(one.Pair.Key) ?? 0m)
            .ThenBy(one => one.Instrument.Symbol, StringComparer.Ordinal)
            .Take(countMax)
            .ToArray();
        var closing = ClosingTriangles([.. top.Select(one => one.Instrument)]);
        return await ListAsync(rest, [.. top.Where(one => closing.Contains(one.Instrument))], cancellation);
    }

    /// <summary>Those instruments whose two assets both trade against a third.</summary>
    internal static IReadOnlySet<Instrument> ClosingTriangles(IReadOnlyList<Instrument> instruments)
    {
        var partners = instruments
            .SelectMany(one => new[] { (one.Base, one.Quote), (one.Quote, one.Base) })
            .ToLookup(pair => pair.Item1, pair => pair.Item2);
        return instruments.Where(one => partners[one.Base].Intersect(partners[one.Quote]).Any()).ToHashSet();
    }

    private static async Task<(AssetPair Pair, Instrument Instrument)[]> EligibleAsync(KrakenRest rest, int bookDepth, CancellationToken cancellation) =>
    [
        .. Required(await rest.AssetPairsAsync(cancellation), "AssetPairs")
            .Select(pair => (Pair: pair, Instrument: pair.ToInstrument(Venue, bookDepth)))
            .Where(one => one.Instrument is not null)
            // Two pairs of one symbol would share a book on the feed.
            .DistinctBy(one => one.Instrument!.Symbol, StringComparer.Ordinal)
            .Select(one => (one.Pair, one.Instrument!)),
    ];

    private static async Task<KrakenListing> ListAsync(KrakenRest rest, (AssetPair Pair, Instrument Instrument)[] chosen, CancellationToken cancellation) => new(
        [.. chosen.Select(one => one.Instrument)], [.. chosen.Select(one => one.Pair)], Required(await rest.AssetsAsync(cancellation), "Assets"));

    private static T Required<T>(RestAnswer<T> answer, string method)
        where T : class =>
        answer.Result ?? throw new VenueUnavailableException($"Kraken did not answer {method}: {answer.Malformed ?? string.Join(", ", answer.Errors)}");
}
