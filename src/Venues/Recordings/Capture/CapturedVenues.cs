using Parallax.Venues.Recordings.Binance;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Kraken;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Capture;

/// <summary>The venues whose captures can be read, by the name in the capture's header. A new one is a class and a line here.</summary>
internal static class CapturedVenues
{
    private static readonly SortedDictionary<string, Func<ImportContext, Func<ICapturedVenue>>> ByExchange = new(StringComparer.Ordinal)
    {
        ["BINANCE"] = context => Binance(context, BinanceMarket.Spot),
        ["BINANCE_DELIVERY"] = context => Binance(context, BinanceMarket.CoinM),
        ["BINANCE_FUTURES"] = context => Binance(context, BinanceMarket.UsdM),
        ["BINANCE_US"] = context => Binance(context, BinanceMarket.Us),
        ["KRAKEN"] = Kraken,
    };

    /// <returns>Makes a reader for each pass; what the first learns is kept for the second.</returns>
    /// <exception cref="RecordingException">No capture of that exchange can be read.</exception>
    public static Func<ICapturedVenue> Find(string file, string exchange, ImportContext context) =>
        ByExchange.TryGetValue(exchange, out var venue)
            ? venue(context)
            : throw new RecordingException(
                $"{file}: captures of {Lines.Excerpt.Of(exchange)} are not yet supported; supported: {string.Join(", ", ByExchange.Keys)}.");

    private static Func<ICapturedVenue> Kraken(ImportContext context)
    {
        var books = new KrakenBooks(context);
        return () => new CapturedKraken(context, books);
    }

    private static Func<ICapturedVenue> Binance(ImportContext context, BinanceMarket market)
    {
        var instruments = new InstrumentList();
        return () => new CapturedBinance(context, market, instruments);
    }
}
