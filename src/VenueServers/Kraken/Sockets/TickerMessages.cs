using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>The <c>ticker</c> channel. Zeros where there is no quote or no trade yet, as on the venue.</summary>
internal static class TickerMessages
{
    public static void Write(MessageWriter message, Market market, ReadOnlySpan<byte> type, long now)
    {
        market.Book.TryGetBest(BookSide.Bid, out var bid);
        market.Book.TryGetBest(BookSide.Ask, out var ask);
        var history = market.History;
        var (open, last) = (history.OpenTicks ?? 0, history.LastTicks ?? 0);
        message.Restart()
            .Raw("{\"channel\":\"ticker\",\"type\":\""u8).Raw(type)
            .Raw("\",\"data\":[{\"symbol\":\""u8).Raw(market.Names.SymbolUtf8)
            .Raw("\",\"bid\":"u8).Number(bid.PriceTicks, market.PricePrint)
            .Raw(",\"bid_qty\":"u8).Number(bid.QuantityLots, market.QuantityPrint)
            .Raw(",\"ask\":"u8).Number(ask.PriceTicks, market.PricePrint)
            .Raw(",\"ask_qty\":"u8).Number(ask.QuantityLots, market.QuantityPrint)
            .Raw(",\"last\":"u8).Number(last, market.PricePrint)
            .Raw(",\"volume\":"u8).Number(history.Volume)
            .Raw(",\"vwap\":"u8).Number(history.AveragePrice)
            .Raw(",\"low\":"u8).Number(history.LowTicks, market.PricePrint)
            .Raw(",\"high\":"u8).Number(history.HighTicks, market.PricePrint)
            .Raw(",\"change\":"u8).Number(market.Instrument.Price(last - open))
            .Raw(",\"change_pct\":"u8).Number(open == 0 ? 0m : decimal.Round((last - open) * 100m / open, 2))
            .Raw(",\"timestamp\":"u8).Time(now)
            .Raw("}]}"u8);
    }
}
