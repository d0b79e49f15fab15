using Parallax.Domain;

namespace Parallax.Venues.Kraken;

/// <summary>The venue's spellings of assets and pairs.</summary>
/// <remarks>
/// A pair has four: the REST key <c>XXBTZUSD</c>, the altname <c>XBTUSD</c>, the name of version 1 of the feed <c>XBT/USD</c> and that of
/// version 2 <c>BTC/USD</c>, which is ours. The letters X and Z before old codes are never taken off by pattern (XTZ, ZRX): the venue's list
/// of assets says what stands for what.
/// </remarks>
public static class Symbols
{
    /// <summary>The common code of an altname: XBT is BTC and XDG is DOGE.</summary>
    public static string CommonCode(string altname) => altname switch
    {
        "XBT" => "BTC",
        "XDG" => "DOGE",
        _ => altname,
    };

    /// <summary>The symbol of version 2 for a <c>wsname</c>.</summary>
    /// <returns><see langword="false"/> when it is not two codes with a slash between them.</returns>
    public static bool TryFromWsName(string wsname, out string symbol)
    {
        var slash = wsname.IndexOf('/', StringComparison.Ordinal);
        symbol = "";
        if (slash <= 0 || slash != wsname.LastIndexOf('/') || !Asset.IsCode(wsname[..slash]) || !Asset.IsCode(wsname[(slash + 1)..]))
        {
            return false;
        }

        symbol = $"{CommonCode(wsname[..slash])}/{CommonCode(wsname[(slash + 1)..])}";
        return true;
    }

    /// <summary>The asset of a balance: its code, and whether it can be traded.</summary>
    /// <param name="code">As balances are keyed: <c>XXBT</c>, <c>ZUSD</c>, <c>DOT</c>, <c>ETH2.S</c>, <c>USD.M</c>.</param>
    /// <param name="altnames">Code to altname, from the venue's list of assets; codes that are absent stand for themselves.</param>
    /// <returns>The common code without suffix; not tradable when there is one (staked, earning, on hold).</returns>
    public static (string Code, bool IsTradable) BalanceAsset(string code, IReadOnlyDictionary<string, string> altnames)
    {
        var dot = code.IndexOf('.', StringComparison.Ordinal);
        var bare = dot > 0 ? code[..dot] : code;
        return (CommonCode(altnames.GetValueOrDefault(bare, bare)), dot <= 0);
    }
}
