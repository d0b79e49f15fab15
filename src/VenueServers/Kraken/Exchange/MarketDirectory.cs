using Parallax.Domain;
using Parallax.VenueServers.Kraken.Markets;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>All markets, found by any of their spellings.</summary>
internal sealed class MarketDirectory
{
    private readonly Dictionary<string, Market> _bySymbol = [];
    private readonly Dictionary<string, Market> _byName = [];
    private readonly Dictionary<string, AssetNames> _assetsByName = [];

    public MarketDirectory(IReadOnlyList<Instrument> instruments, IMakers makers)
    {
        Markets = [.. instruments.Select((instrument, number) => new Market((ushort)number, instrument, makers))];
        Assets =
        [
            .. instruments.SelectMany(instrument => new[] { instrument.Base, instrument.Quote }).Distinct().Order().Select(AssetNames.Of),
        ];
        foreach (var market in Markets)
        {
            var names = market.Names;
            _bySymbol[names.Symbol] = market;
            foreach (var name in new[] { names.Symbol, names.Key, names.Altname, names.Wsname })
            {
                _byName[name] = market;
            }
        }

        foreach (var asset in Assets)
        {
            foreach (var name in new[] { asset.Asset.Code, asset.Key, asset.Altname })
            {
                _assetsByName[name] = asset;
            }
        }
    }

    /// <summary>By instrument number.</summary>
    public IReadOnlyList<Market> Markets { get; }

    /// <summary>By code.</summary>
    public IReadOnlyList<AssetNames> Assets { get; }

    /// <param name="symbol">The WebSocket v2 spelling, the only one taken there: <c>BTC/USD</c>.</param>
    public Market? BySymbol(string? symbol) => symbol is null ? null : _bySymbol.GetValueOrDefault(symbol);

    /// <param name="name">Any spelling, as REST takes them.</param>
    public Market? ByName(string? name) => name is null ? null : _byName.GetValueOrDefault(name);

    /// <param name="name">Any spelling.</param>
    public AssetNames? AssetByName(string name) => _assetsByName.GetValueOrDefault(name);
}
