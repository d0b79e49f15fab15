using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>The <c>trade</c> channel.</summary>
internal static class TradeMessages
{
    public static void Write(MessageWriter message, Market market, IReadOnlyCollection<PublicTrade> trades, ReadOnlySpan<byte> type)
    {
        message.Restart().Raw("{\"channel\":\"trade\",\"type\":\""u8).Raw(type).Raw("\",\"data\":["u8);
        foreach (var trade in trades)
        {
            message
                .Raw("{\"symbol\":\""u8).Raw(market.Names.SymbolUtf8)
                .Raw("\",\"side\":\""u8).Raw(trade.Aggressor == Side.Buy ? "buy"u8 : "sell"u8)
                .Raw("\",\"price\":"u8).Number(trade.PriceTicks, market.PricePrint)
                .Raw(",\"qty\":"u8).Number(trade.Lots, market.QuantityPrint)
                .Raw(",\"ord_type\":\""u8).Raw(trade.IsMarketOrder ? "market"u8 : "limit"u8)
                .Raw("\",\"trade_id\":"u8).Number(trade.Id)
                .Raw(",\"timestamp\":"u8).Time(trade.Time)
                .Raw("},"u8);
        }

        message.DropLast((byte)',').Raw("]}"u8);
    }
}
