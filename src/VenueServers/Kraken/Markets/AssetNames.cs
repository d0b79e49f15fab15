using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Markets;

/// <summary>The spellings of one asset: <c>BTC</c> on WebSocket v2, <c>XXBT</c> as a REST key, <c>XBT</c> as its altname.</summary>
/// <remarks>Assets listed in Kraken's first years carry a letter before their code (X for coins, Z for money); later ones do not.</remarks>
internal sealed record AssetNames(Asset Asset, string Key, string Altname)
{
    private static readonly string[] LegacyCoins = ["BTC", "ETH", "XRP", "LTC", "DOGE", "XLM", "ETC", "ZEC", "XMR", "REP", "MLN"];
    private static readonly string[] LegacyMoney = ["USD", "EUR", "GBP", "CAD", "JPY", "AUD"];

    public bool IsLegacy => Key != Altname;

    public bool IsMoney => LegacyMoney.Contains(Asset.Code);

    /// <summary>Decimals of balances: 4 for money, 8 for dollar coins, 10 for the rest, as in the recorded Assets.</summary>
    public int Decimals => IsMoney ? 4 : Asset.Code is "USDT" or "USDC" ? 8 : 10;

    public int DisplayDecimals => IsMoney ? 2 : Asset.Code is "USDT" or "USDC" ? 4 : 5;

    public static AssetNames Of(Asset asset)
    {
        var altname = asset.Code switch
        {
            "BTC" => "XBT",
            "DOGE" => "XDG",
            _ => asset.Code,
        };
        var prefix = LegacyCoins.Contains(asset.Code) ? "X" : LegacyMoney.Contains(asset.Code) ? "Z" : "";
        return new AssetNames(asset, prefix + altname, altname);
    }
}
