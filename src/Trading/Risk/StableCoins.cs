using Parallax.Domain;

namespace Parallax.Trading.Risk;

/// <summary>Assets that promise to be worth one unit of <see cref="Peg"/>. Equal when they hold the same assets in the same order.</summary>
public sealed record StableCoins
{
    /// <summary>What each of them is held against.</summary>
    public static readonly Asset Peg = new("USD");

    private readonly Asset[] _assets;

    private StableCoins(Asset[] assets) => _assets = assets;

    /// <summary>The dollar coins with the largest circulation.</summary>
    public static StableCoins Usual { get; } = new([new("USDT"), new("USDC"), new("DAI"), new("USDG"), new("PYUSD")]);

    public ReadOnlySpan<Asset> Assets => _assets;

    /// <returns>False when one is no asset code. An empty text is an empty list.</returns>
    public static bool TryParse(string text, out StableCoins coins)
    {
        var codes = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var areCodes = codes.All(Asset.IsCode);
        coins = areCodes ? new StableCoins([.. codes.Select(code => new Asset(code)).Distinct()]) : Usual;
        return areCodes;
    }

    public bool Equals(StableCoins? other) => other is not null && _assets.AsSpan().SequenceEqual(other._assets);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary><c>USDT,USDC</c>: what <see cref="TryParse"/> reads.</summary>
    public override string ToString() => string.Join(',', _assets);
}
