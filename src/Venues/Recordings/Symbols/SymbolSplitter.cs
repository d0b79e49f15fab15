using Parallax.Domain;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>Splits a venue's symbol into base and quote when nothing better than its spelling is known.</summary>
internal static class SymbolSplitter
{
    private static readonly string[] PerpetualSuffixes = ["-PERPETUAL", "_PERP", "-PERP", "-SWAP", ":PERP"];

    /// <summary>By a separator (<c>BTC/USD</c>, <c>BTC-USD</c>, <c>BTC_USD</c>), else by the longest known quote asset that leaves a base.</summary>
    /// <returns><see langword="null"/> when neither finds a base and a quote.</returns>
    public static Pair? Split(string symbol)
    {
        var (rest, kind) = WithoutContract(Unshouted(symbol));
        var parts = rest.Split('/', '-', '_', ':');
        var (@base, quote) = parts.Length switch
        {
            2 => (parts[0], parts[1]),
            1 => ByKnownQuote(rest),
            _ => default,
        };
        if (!Asset.IsCode(@base) || !Asset.IsCode(quote))
        {
            return null;
        }

        if (kind is InstrumentKind.LinearPerpetual && quote == "USD" && !symbol.StartsWith("PF_", StringComparison.Ordinal))
        {
            kind = InstrumentKind.InversePerpetual;
        }

        return new Pair(new Asset(@base!), new Asset(quote!), kind);
    }

    private static string Unshouted(string symbol) => symbol.Any(char.IsAsciiLetterUpper) ? symbol : symbol.ToUpperInvariant();

    // BTCUSD_PERP, BTC-USDT-SWAP, BTCUSDT_250627, BTC-USD-240628: the contract behind the pair.
    private static (string Pair, InstrumentKind? Kind) WithoutContract(string symbol)
    {
        foreach (var suffix in PerpetualSuffixes)
        {
            if (symbol.EndsWith(suffix, StringComparison.Ordinal))
            {
                return (symbol[..^suffix.Length], InstrumentKind.LinearPerpetual);
            }
        }

        // Kraken's futures say it in front: PF_XBTUSD, PI_XBTUSD, FI_XBTUSD_240628.
        if (symbol is ['P' or 'F', 'I' or 'F', '_', ..])
        {
            var underscore = symbol.IndexOf('_', 3);
            return (
                underscore < 0 ? symbol[3..] : symbol[3..underscore],
                symbol[0] == 'F' ? InstrumentKind.Future : symbol[1] == 'I' ? InstrumentKind.InversePerpetual : InstrumentKind.LinearPerpetual);
        }

        var last = symbol.LastIndexOfAny(['-', '_']);
        return last > 0 && symbol.Length - last - 1 == 6 && symbol.AsSpan(last + 1).IndexOfAnyExceptInRange('0', '9') < 0
            ? (symbol[..last], InstrumentKind.Future)
            : (symbol, null);
    }

    private static (string? Base, string? Quote) ByKnownQuote(string symbol)
    {
        (string? Base, string? Quote, int Rank) best = (null, null, 0);
        foreach (var quote in KnownAssets.Quotes)
        {
            Consider(quote, rare: false);
        }

        foreach (var quote in KnownAssets.RareQuotes)
        {
            Consider(quote, rare: true);
        }

        return (best.Base, best.Quote);

        void Consider(string quote, bool rare)
        {
            if (symbol.Length <= quote.Length || !symbol.EndsWith(quote, StringComparison.Ordinal))
            {
                return;
            }

            // A known base counts most, a common quote next, its length last.
            var @base = symbol[..^quote.Length];
            var rank = (KnownAssets.Bases.Contains(@base) ? 200 : 0) + (rare ? 0 : 100) + quote.Length;
            if (rank > best.Rank)
            {
                best = (@base, quote, rank);
            }
        }
    }
}
