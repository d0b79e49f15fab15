using Parallax.Domain;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What REST's spellings of pairs and assets stand for: those of the session, and all others of the venue.</summary>
internal sealed class MarketNames
{
    private readonly Dictionary<string, string> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ushort> _numbers;
    private readonly IReadOnlyDictionary<string, string> _altnames;

    public MarketNames(IReadOnlyList<Instrument> instruments, IEnumerable<AssetPair> pairs, IReadOnlyDictionary<string, string> altnames)
    {
        _altnames = altnames;
        _numbers = instruments.Select((one, i) => (one.Symbol, (ushort)i)).ToDictionary(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            if (pair.WsName is { } name && Symbols.TryFromWsName(name, out var symbol))
            {
                _symbols[pair.Key] = _symbols[pair.AltName] = _symbols[name] = _symbols[symbol] = symbol;
            }
        }
    }

    /// <param name="name">Any spelling of a pair.</param>
    /// <returns>The instrument's number; <see langword="null"/> where the session does not trade it.</returns>
    public ushort? Number(string name) => _symbols.TryGetValue(name, out var symbol) && _numbers.TryGetValue(symbol, out var number) ? number : null;

    /// <param name="name">Any spelling of a pair.</param>
    /// <returns><see langword="null"/> for a pair that the venue does not list.</returns>
    public (Asset Base, Asset Quote)? Assets(string name)
    {
        if (!_symbols.TryGetValue(name, out var symbol))
        {
            return null;
        }

        var slash = symbol.IndexOf('/', StringComparison.Ordinal);
        return (new Asset(symbol[..slash]), new Asset(symbol[(slash + 1)..]));
    }

    /// <param name="code">As balances are keyed.</param>
    /// <returns><see langword="null"/> for what cannot be traded: staked, earning, on hold, or no code of ours.</returns>
    public Asset? Spendable(string code)
    {
        var (common, isTradable) = Symbols.BalanceAsset(code, _altnames);
        return isTradable && Asset.IsCode(common) ? new Asset(common) : null;
    }
}

/// <summary>Reads the names once, when they are first needed.</summary>
internal sealed class MarketNamesReader(KrakenRest rest, IReadOnlyList<Instrument> instruments)
{
    private MarketNames? _names;

    /// <returns>The names, or why they cannot be had.</returns>
    public async Task<(MarketNames? Names, string Trouble)> ReadAsync(CancellationToken cancellation)
    {
        if (_names is null)
        {
            var pairs = await rest.AssetPairsAsync(cancellation);
            var assets = await rest.AssetsAsync(cancellation);
            if (pairs.Result is null || assets.Result is null)
            {
                return (null, pairs.Result is null ? pairs.Trouble : assets.Trouble);
            }

            _names = new MarketNames(instruments, pairs.Result, assets.Result);
        }

        return (_names, "");
    }
}
