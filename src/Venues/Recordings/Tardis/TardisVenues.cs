using System.Collections.Frozen;
using Parallax.Domain;

namespace Parallax.Venues.Recordings.Tardis;

/// <summary>Which of tardis.dev's exchanges list contracts whose symbols do not say so.</summary>
internal static class TardisVenues
{
    private static readonly FrozenSet<string> Contracts = new[]
    {
        "ascendex-futures", "binance-delivery", "binance-futures", "bitfinex-derivatives", "bitget-futures", "bitmex", "bybit",
        "crypto-com-derivatives", "cryptofacilities", "deribit", "dydx", "dydx-v4", "gate-io-futures", "huobi-dm", "huobi-dm-linear-swap",
        "huobi-dm-swap", "hyperliquid", "kucoin-futures", "okex-futures", "okex-swap", "phemex",
    }.ToFrozenSet();

    /// <summary>A first answer: a symbol that names its contract (<c>-SWAP</c>, <c>_250627</c>) knows better.</summary>
    public static InstrumentKind KindOf(string exchange, string symbol)
    {
        if (!Contracts.Contains(exchange))
        {
            return InstrumentKind.Spot;
        }

        // Priced in dollars and not in a dollar coin: margined in the base, except where everything is margined in dollars.
        var isInverse = symbol.EndsWith("USD", StringComparison.Ordinal) && exchange is not ("dydx" or "dydx-v4" or "hyperliquid");
        return isInverse ? InstrumentKind.InversePerpetual : InstrumentKind.LinearPerpetual;
    }
}
